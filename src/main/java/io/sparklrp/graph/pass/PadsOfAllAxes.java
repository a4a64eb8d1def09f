package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Gives every Pad the amounts of all axes: where ONNX Runtime 1.26 moves a transposition through a
 * Pad of some axes, it takes their amounts for those of all, and the graph no longer loads.
 */
public final class PadsOfAllAxes {
  private static final int PADS = 1;
  private static final int FILL = 2;
  private static final int AXES = 3;

  private final Graph graph;
  private final GraphBuilder builder;

  private PadsOfAllAxes(Graph graph) {
    this.graph = graph;
    this.builder = GraphBuilder.withInputsOf(graph);
  }

  /** The graph with the amounts of all axes at every Pad. */
  public static Graph apply(Graph graph) {
    return new PadsOfAllAxes(graph).rebuild();
  }

  private Graph rebuild() {
    graph.nodes().forEach(node -> builder.add(axes(node).map(a -> whole(node, a)).orElse(node)));
    return builder.build(
        graph.outputs().stream().map(output -> builder.value(output.name())).toList());
  }

  /** The axes of a Pad of some; empty for all other nodes. */
  private Optional<List<Integer>> axes(Node node) {
    if (!node.qualifiedOp().equals("Pad")) {
      return Optional.empty();
    }
    Value padded = graph.value(node.input(0));
    return graph
        .constant(node.input(AXES))
        .map(Tensor::toLongs)
        .filter(axes -> axes.length < padded.rank())
        .map(axes -> Arrays.stream(axes).mapToObj(padded.shape()::axis).toList());
  }

  private Node whole(Node node, List<Integer> axes) {
    Ops ops = new Ops(builder, node.name(), node.scope());
    int rank = graph.value(node.input(0)).rank();
    long[] all = new long[rank];
    Arrays.setAll(all, axis -> axis);
    Value pads = pads(ops, node.input(PADS), axes, rank);
    return node.withInputs(
        List.of(node.input(0), pads.name(), node.input(FILL), ops.longs(all).name()));
  }

  private Value pads(Ops ops, String given, List<Integer> axes, int rank) {
    Optional<long[]> known = graph.constant(given).map(Tensor::toLongs);
    if (known.isPresent()) {
      return ops.longs(spread(known.get(), axes, rank));
    }
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < 2 * rank; i++) {
      int at = axes.indexOf(i % rank);
      long place = i < rank ? at : at + (long) axes.size();
      parts.add(at < 0 ? ops.longs(0) : part(ops, builder.value(given), place));
    }
    return ops.concat("pads", 0, parts);
  }

  private static Value part(Ops ops, Value given, long place) {
    return ops.slice("pad", given, 0, ops.longs(place), ops.longs(place + 1));
  }

  private static long[] spread(long[] given, List<Integer> axes, int rank) {
    long[] all = new long[2 * rank];
    for (int i = 0; i < axes.size(); i++) {
      all[axes.get(i)] = given[i];
      all[rank + axes.get(i)] = given[axes.size() + i];
    }
    return all;
  }
}
