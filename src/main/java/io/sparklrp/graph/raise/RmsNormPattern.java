package io.sparklrp.graph.raise;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * RMSNorm as x / sqrt(mean(x x) + epsilon), in any of the ways to write it, perhaps times a scale
 * (Zhang and Sennrich 2019).
 */
final class RmsNormPattern implements Pattern {
  private record Core(String x, float epsilon) {}

  @Override
  public boolean raise(Node root, Matching graph, GraphBuilder target) {
    Optional<Core> core = core(root, graph);
    if (core.isPresent()) {
      Optional<String> ones = LayerNormPattern.ones(core.get().x(), target);
      ones.ifPresent(scale -> write(root, core.get(), scale, target));
      return ones.isPresent();
    }
    return root.qualifiedOp().equals("Mul")
        && (scaled(root, 0, graph, target) || scaled(root, 1, graph, target));
  }

  private static boolean scaled(Node root, int scale, Matching graph, GraphBuilder target) {
    if (!LayerNormPattern.isVector(root.input(scale), graph)) {
      return false;
    }
    Optional<Core> core =
        graph
            .graph()
            .producer(graph.source(root.input(1 - scale)))
            .flatMap(node -> core(node, graph));
    core.ifPresent(found -> write(root, found, graph.source(root.input(scale)), target));
    return core.isPresent();
  }

  private static Optional<Core> core(Node node, Matching graph) {
    Optional<Matching.Normalised> quotient = graph.normalised(node);
    Optional<Matching.Shifted> mean = quotient.flatMap(q -> graph.shifted(q.variance()));
    boolean isRms =
        mean.flatMap(shifted -> graph.meanOfLast(shifted.value()))
            .flatMap(graph::squared)
            .filter(x -> graph.isSame(x, quotient.orElseThrow().x()))
            .isPresent();
    return isRms
        ? Optional.of(
            new Core(graph.source(quotient.orElseThrow().x()), mean.orElseThrow().epsilon()))
        : Optional.empty();
  }

  private static void write(Node root, Core core, String scale, GraphBuilder target) {
    Map<String, Attribute> attributes =
        Map.of("axis", Attribute.of(-1L), "epsilon", Attribute.of(core.epsilon()));
    target.add(
        new Node(
            root.name(),
            "SimplifiedLayerNormalization",
            "",
            List.of(core.x(), scale),
            root.outputs(),
            attributes,
            root.scope()));
  }
}
