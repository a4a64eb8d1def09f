package io.sparklrp.graph.raise;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.pass.Pass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Gives reshapes whose target the graph computes a constant target, where its elements are known
 * numbers, dimensions that stay in their place (0), and at most one other (-1). An Expand that
 * changes nothing goes.
 */
public final class ReshapeTargets {
  /** This pass. */
  public static final Pass<Graph> PASS =
      new Pass<>("reshape targets", "Gives reshapes constant targets.", ReshapeTargets::resolve);

  private final Graph graph;
  private final GraphBuilder builder;

  private ReshapeTargets(Graph graph) {
    this.graph = graph;
    this.builder = new GraphBuilder(graph.name());
  }

  /** The graph with constant targets where they can be told. */
  public static Graph resolve(Graph graph) {
    return new ReshapeTargets(graph).resolve();
  }

  private Graph resolve() {
    graph.inputs().forEach(input -> builder.input(input.name(), input.type(), input.shape()));
    graph.initializers().forEach(builder::initializer);
    for (Node node : graph.nodes()) {
      builder.add(resolved(node));
    }
    return builder.buildLike(graph);
  }

  private Node resolved(Node node) {
    return switch (node.qualifiedOp()) {
      case "Reshape" -> reshape(node);
      case "Expand" -> isUnchanged(node) ? renamed(node, "Identity", node.input(0)) : node;
      default -> node;
    };
  }

  private static Node renamed(Node node, String op, String... inputs) {
    return new Node(node.name(), op, "", List.of(inputs), node.outputs(), Map.of(), node.scope());
  }

  private boolean isUnchanged(Node node) {
    return graph.value(node.input(0)).shape().equals(graph.value(node.output()).shape());
  }

  private Node reshape(Node node) {
    Optional<List<Optional<Size>>> sizes = graph.sizes(node.input(1));
    if (sizes.isEmpty() || graph.constant(node.input(1)).isPresent()) {
      return node;
    }
    Shape from = graph.value(node.input(0)).shape();
    long[] target = new long[sizes.get().size()];
    int open = 0;
    for (int axis = 0; axis < target.length; axis++) {
      target[axis] = element(sizes.get().get(axis), from, axis);
      open += target[axis] == -1 ? 1 : 0;
    }
    return open > 1 ? node : renamed(node, "Reshape", node.input(0), constant(target).name());
  }

  private static long element(Optional<Size> size, Shape from, int axis) {
    if (size.isPresent() && size.get().isFixed()) {
      return size.get().factor();
    }
    Optional<Dim> dim = size.flatMap(Size::dim);
    return dim.isPresent() && axis < from.rank() && from.dim(axis).equals(dim.get()) ? 0 : -1;
  }

  private Value constant(long... target) {
    String name = LongStream.of(target).mapToObj(Long::toString).collect(Collectors.joining("_"));
    return builder.shared("const.longs." + name, Tensor.vector(target));
  }
}
