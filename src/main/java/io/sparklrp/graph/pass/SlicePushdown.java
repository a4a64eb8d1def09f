package io.sparklrp.graph.pass;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Computes only what a slice keeps. A classifier reads the first token of the last layer: this pass
 * moves that slice up, through everything that works row by row, so that the layer's queries,
 * attention output and feed-forward part are computed for one token.
 *
 * <p>One walk from the outputs finds which values are needed only as one and the same slice; a
 * second, forwards, builds the graph anew.
 */
public final class SlicePushdown {
  /** A slice along one axis; starts and ends name constants. */
  private record Cut(int axis, String starts, String ends) {}

  private final Graph graph;
  private final SliceAxes axes;
  private final GraphBuilder builder;
  private final Map<String, List<Optional<Cut>>> demands = new HashMap<>();
  private final Map<String, Cut> cutNodes = new HashMap<>();
  private final Map<String, String> cuts = new HashMap<>();

  private SlicePushdown(Graph graph) {
    this.graph = graph;
    this.axes = new SliceAxes(graph);
    this.builder = new GraphBuilder(graph.name());
  }

  /** The graph with its slices as early as they can be. */
  public static Graph apply(Graph graph) {
    SlicePushdown pass = new SlicePushdown(graph);
    pass.findDemands();
    return DeadCode.remove(pass.rebuild());
  }

  private void findDemands() {
    graph.outputs().forEach(output -> demand(output.name(), Optional.empty()));
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      Optional<Cut> own = ownCut(node);
      if (own.isPresent()) {
        demand(node.input(0), own);
      } else {
        demandInputs(node, agreedCut(node));
      }
    }
  }

  private void demandInputs(Node node, Optional<Cut> wanted) {
    Optional<List<Integer>> inputAxes = wanted.flatMap(cut -> axes.of(node, cut.axis));
    inputAxes.ifPresent(found -> cutNodes.put(node.name(), wanted.orElseThrow()));
    for (int i = 0; i < node.inputs().size(); i++) {
      int axis = inputAxes.isPresent() ? inputAxes.get().get(i) : SliceAxes.WHOLE;
      demand(
          node.input(i),
          axis == SliceAxes.WHOLE ? Optional.empty() : moved(wanted.orElseThrow(), axis));
    }
  }

  private static Optional<Cut> moved(Cut cut, int axis) {
    return Optional.of(new Cut(axis, cut.starts, cut.ends));
  }

  private void demand(String value, Optional<Cut> cut) {
    demands.computeIfAbsent(value, name -> new ArrayList<>()).add(cut);
  }

  /** What a slice node asks for: constant bounds, one axis, step 1. */
  private Optional<Cut> ownCut(Node node) {
    boolean plain = node.op().equals("Slice") && node.inputs().size() == 4;
    if (!plain
        || graph.constant(node.input(1)).isEmpty()
        || graph.constant(node.input(2)).isEmpty()) {
      return Optional.empty();
    }
    long[] sliced = graph.constant(node.input(3)).map(Tensor::toLongs).orElse(new long[0]);
    return sliced.length == 1
        ? Optional.of(
            new Cut(
                graph.value(node.input(0)).shape().axis(sliced[0]), node.input(1), node.input(2)))
        : Optional.empty();
  }

  /** The cut that all readers of a node with one output agree on. */
  private Optional<Cut> agreedCut(Node node) {
    List<Optional<Cut>> wanted = demands.getOrDefault(node.output(), List.of());
    boolean agreed =
        node.outputs().size() == 1 && !wanted.isEmpty() && wanted.stream().distinct().count() == 1;
    return agreed ? wanted.get(0) : Optional.empty();
  }

  private Graph rebuild() {
    graph.inputs().forEach(input -> builder.input(input.name(), input.type(), input.shape()));
    graph.initializers().forEach(builder::initializer);
    graph.nodes().forEach(this::rebuild);
    List<Value> outputs =
        graph.outputs().stream().map(output -> builder.value(output.name())).toList();
    return builder.build(outputs);
  }

  private void rebuild(Node node) {
    Optional<Cut> own = ownCut(node);
    if (own.isPresent()) {
      rebuildSlice(node, own.get());
      return;
    }
    Cut cut = cutNodes.get(node.name());
    if (cut == null) {
      builder.add(node);
      return;
    }
    List<Integer> inputAxes = axes.of(node, cut.axis).orElseThrow();
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      int axis = inputAxes.get(i);
      inputs.add(
          axis == SliceAxes.WHOLE
              ? node.input(i)
              : cut(node.input(i), new Cut(axis, cut.starts, cut.ends)));
    }
    builder.add(node.withInputs(inputs));
  }

  /** A slice node gives what its data's maker now gives, or slices it here. */
  private void rebuildSlice(Node node, Cut cut) {
    if (isMadeCut(node.input(0), cut)) {
      builder.add(
          new Node(
              node.name(),
              "Identity",
              "",
              List.of(node.input(0)),
              node.outputs(),
              Map.of(),
              node.scope()));
    } else {
      builder.add(node);
    }
  }

  private boolean isMadeCut(String value, Cut cut) {
    return graph
        .producer(value)
        .map(maker -> Objects.equals(cutNodes.get(maker.name()), cut))
        .orElse(false);
  }

  /** The name of a value's slice: made so, or sliced here once. */
  private String cut(String value, Cut cut) {
    if (isMadeCut(value, cut)) {
      return value;
    }
    return cuts.computeIfAbsent(value + cut, key -> sliceNode(value, cut));
  }

  private String sliceNode(String value, Cut cut) {
    String axisName = "const.longs." + cut.axis;
    builder.shared(axisName, Tensor.vector(cut.axis));
    String name = builder.freeName(value + ".sliced");
    String scope = graph.producer(value).map(Node::scope).orElse("");
    List<String> inputs = List.of(value, cut.starts, cut.ends, axisName);
    Map<String, Attribute> none = Map.of();
    return builder
        .add(new Node(name, "Slice", "", inputs, List.of(name), none, scope))
        .get(0)
        .name();
  }
}
