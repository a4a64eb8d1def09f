package io.sparklrp.graph.raise;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * LayerNorm as ReduceMean, Sub, Pow, ReduceMean, Add, Sqrt, Div, Mul and Add. Its root is the last
 * of those that are there: models may leave out beta, or both gamma and beta.
 */
final class LayerNormPattern implements Pattern {
  private record Core(String x, float epsilon) {}

  private record Scaled(Core core, Optional<String> gamma) {}

  @Override
  public boolean raise(Node root, Matching graph, GraphBuilder target) {
    Optional<Core> core = core(root, graph);
    if (core.isPresent()) {
      return write(root, new Scaled(core.get(), Optional.empty()), Optional.empty(), target);
    }
    Optional<Scaled> scaled = scaled(root, graph);
    if (scaled.isPresent()) {
      return write(root, scaled.get(), Optional.empty(), target);
    }
    return root.qualifiedOp().equals("Add")
        && (shifted(root, 0, 1, graph, target) || shifted(root, 1, 0, graph, target));
  }

  private static boolean shifted(
      Node root, int inner, int beta, Matching graph, GraphBuilder target) {
    if (!isVector(root.input(beta), graph)) {
      return false;
    }
    Optional<Node> maker = graph.graph().producer(graph.source(root.input(inner)));
    Optional<Scaled> found = maker.flatMap(node -> scaled(node, graph));
    return found.isPresent()
        && write(root, found.get(), Optional.of(graph.source(root.input(beta))), target);
  }

  private static Optional<Scaled> scaled(Node node, Matching graph) {
    if (!node.qualifiedOp().equals("Mul")) {
      return Optional.empty();
    }
    for (int gamma = 0; gamma < 2; gamma++) {
      String factor = node.input(gamma);
      Optional<Node> inner = graph.graph().producer(graph.source(node.input(1 - gamma)));
      if (isVector(factor, graph)) {
        Optional<Core> core = inner.flatMap(maker -> core(maker, graph));
        if (core.isPresent()) {
          return core.map(found -> new Scaled(found, Optional.of(graph.source(factor))));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a value is a constant of one number for each element of the last axis. */
  static boolean isVector(String value, Matching graph) {
    return graph.isConstant(value) && graph.graph().value(graph.source(value)).rank() == 1;
  }

  private static Optional<Core> core(Node node, Matching graph) {
    return graph
        .normalised(node)
        .flatMap(
            quotient ->
                graph
                    .shifted(quotient.variance())
                    .flatMap(
                        variance ->
                            core(quotient.x(), variance.value(), variance.epsilon(), graph)));
  }

  private static Optional<Core> core(
      String centred, String variance, float epsilon, Matching graph) {
    Optional<String> x = centredBy(centred, graph);
    Optional<String> deviation = graph.meanOfLast(variance).flatMap(graph::squared);
    boolean isOne =
        x.isPresent()
            && deviation
                .flatMap(value -> centredBy(value, graph))
                .filter(value -> graph.isSame(value, x.get()))
                .isPresent();
    return isOne ? Optional.of(new Core(graph.source(x.get()), epsilon)) : Optional.empty();
  }

  /** x of x - mean(x). */
  private static Optional<String> centredBy(String value, Matching graph) {
    return graph
        .node(value, "Sub")
        .filter(
            node ->
                graph
                    .meanOfLast(node.input(1))
                    .filter(mean -> graph.isSame(mean, node.input(0)))
                    .isPresent())
        .map(node -> node.input(0));
  }

  private static boolean write(
      Node root, Scaled scaled, Optional<String> beta, GraphBuilder target) {
    Optional<String> gamma = scaled.gamma().or(() -> ones(scaled.core().x(), target));
    if (gamma.isEmpty()) {
      return false;
    }
    List<String> inputs =
        beta.map(b -> List.of(scaled.core().x(), gamma.get(), b))
            .orElse(List.of(scaled.core().x(), gamma.get()));
    Map<String, Attribute> attributes =
        Map.of(
            "axis", Attribute.of(-1L),
            "epsilon", Attribute.of(scaled.core().epsilon()));
    target.add(
        new Node(
            root.name(),
            "LayerNormalization",
            "",
            inputs,
            root.outputs(),
            attributes,
            root.scope()));
    return true;
  }

  /** A scale of ones for the last axis, if its size is known. */
  static Optional<String> ones(String value, GraphBuilder target) {
    Dim size = target.value(value).shape().dim(-1);
    if (!size.isFixed()) {
      return Optional.empty();
    }
    float[] ones = new float[Math.toIntExact(size.size())];
    Arrays.fill(ones, 1f);
    String name = "const.ones." + ones.length;
    return Optional.of(target.shared(name, Tensor.floats(new long[] {ones.length}, ones)).name());
  }
}
