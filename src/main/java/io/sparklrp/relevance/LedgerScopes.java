package io.sparklrp.relevance;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import java.util.Optional;

/** Says which entry of the ledger an additive constant belongs to. */
final class LedgerScopes {
  /**
   * Scope of the attention mask: 0 at real tokens and without gradient at all others, so it is
   * never booked.
   */
  private static final String MASK = "mask";

  private final Graph graph;
  private final LedgerDetail detail;

  LedgerScopes(Graph graph, LedgerDetail detail) {
    this.graph = graph;
    this.detail = detail;
  }

  /**
   * The entry of a constant that is added at a node; empty for the attention mask. A constant that
   * a node makes, such as a lookup by position, has that node's scope; a parameter has the scope of
   * the node that adds it.
   */
  Optional<String> entry(Node node, String constant) {
    String maker = graph.producer(constant).map(Node::scope).orElse(node.scope());
    if (maker.equals(MASK)) {
      return Optional.empty();
    }
    boolean named =
        detail.isByParameter()
            && graph.constant(constant).isPresent()
            && !maker.equals(Ledger.POSITION)
            && !maker.equals(Ledger.SEGMENT);
    return Optional.of(named ? parameter(constant) : maker);
  }

  /** The parameter that a constant is, or is a part of: its name up to a {@code #}. */
  private static String parameter(String constant) {
    int part = constant.indexOf('#');
    return part < 0 ? constant : constant.substring(0, part);
  }
}
