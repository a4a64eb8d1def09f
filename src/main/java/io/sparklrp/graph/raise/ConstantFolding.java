package io.sparklrp.graph.raise;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.op.Folding;
import io.sparklrp.graph.pass.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes what depends on constants alone: what is large, such as weights, when asked for. */
public final class ConstantFolding {
  /** This pass. */
  public static final Pass<Graph> PASS =
      new Pass<>(
          "constant folding", "Computes what depends on constants alone.", ConstantFolding::apply);

  private final Graph graph;
  private final GraphBuilder builder;

  private ConstantFolding(Graph graph) {
    this.graph = graph;
    this.builder = new GraphBuilder(graph.name());
  }

  /** The graph with computed constants in place of the nodes that make them. */
  public static Graph apply(Graph graph) {
    return new ConstantFolding(graph).fold();
  }

  private Graph fold() {
    graph.inputs().forEach(input -> builder.input(input.name(), input.type(), input.shape()));
    graph.initializers().forEach(builder::initializer);
    for (Node node : graph.nodes()) {
      Optional<Tensor> constant =
          node.outputs().size() == 1 && graph.value(node.output()).shape().isFixed()
              ? sizes(node).or(() -> computed(node))
              : Optional.empty();
      constant.ifPresentOrElse(
          tensor -> builder.initializer(node.output(), tensor), () -> builder.add(node));
    }
    return builder.buildLike(graph);
  }

  /** A vector of sizes all of whose elements are numbers. */
  private Optional<Tensor> sizes(Node node) {
    Optional<List<Optional<Size>>> known = graph.sizes(node.output());
    boolean isFixed =
        known.isPresent()
            && known.get().stream().allMatch(one -> one.isPresent() && one.get().isFixed());
    if (!isFixed || graph.value(node.output()).type() != DataType.INT64) {
      return Optional.empty();
    }
    long[] elements = known.get().stream().mapToLong(one -> one.orElseThrow().factor()).toArray();
    return Optional.of(Tensor.longs(graph.value(node.output()).shape().sizes(), elements));
  }

  private Optional<Tensor> computed(Node node) {
    List<Tensor> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      Optional<Tensor> constant = builder.constant(input);
      if (constant.isEmpty()) {
        return Optional.empty();
      }
      inputs.add(constant.get());
    }
    return new Folding(node, inputs, graph.value(node.output())).compute();
  }
}
