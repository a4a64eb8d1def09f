package io.sparklrp.graph.raise;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GELU as x (1 + erf(x / sqrt 2)) / 2, the factors in any order. */
final class GeluPattern implements Pattern {
  @Override
  public boolean raise(Node root, Matching graph, GraphBuilder target) {
    return raise(root, graph, target, "none", gate -> erfOf(gate, graph));
  }

  /** The value x whose gate 1 + f(x) a factor is. */
  interface Gate {
    Optional<String> of(String factor);
  }

  /** Writes Gelu where a product is x gate(x) / 2. */
  static boolean raise(Node root, Matching graph, GraphBuilder target, String form, Gate gate) {
    if (!Factors.isProduct(root, graph)) {
      return false;
    }
    Factors factors = Factors.of(root, graph);
    boolean isHalf = RoundedNumber.is(factors.number(), 0.5) && factors.others().size() == 2;
    if (!isHalf) {
      return false;
    }
    for (int i = 0; i < 2; i++) {
      String x = factors.others().get(1 - i);
      Optional<String> gated = gate.of(factors.others().get(i));
      if (gated.isPresent() && graph.isSame(gated.get(), x)) {
        Map<String, Attribute> attributes = Map.of("approximate", Attribute.of(form));
        target.add(
            new Node(
                root.name(), "Gelu", "", List.of(x), root.outputs(), attributes, root.scope()));
        return true;
      }
    }
    return false;
  }

  private static Optional<String> erfOf(String factor, Matching graph) {
    return graph
        .node(factor, "Add")
        .flatMap(add -> graph.besideNumber(add, 1))
        .flatMap(erf -> graph.node(erf, "Erf"))
        .flatMap(erf -> graph.graph().producer(graph.source(erf.input(0))))
        .filter(scaled -> Factors.isProduct(scaled, graph))
        .map(scaled -> Factors.of(scaled, graph))
        .filter(scaled -> scaled.others().size() == 1)
        .filter(scaled -> scaled.is(Math.sqrt(0.5), scaled.others().get(0)))
        .map(scaled -> scaled.others().get(0));
  }
}
