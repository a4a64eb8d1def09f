package io.sparklrp.relevance;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether an axis that records and heads share has all heads of the first record first, as
 * {@code view(batch * heads, ...)} of [batch, heads, ...] makes it.
 */
final class MergedHeads {
  private final Graph graph;
  private final ActiveValues active;
  private final Dim batch;

  MergedHeads(Graph graph, ActiveValues active, Dim batch) {
    this.graph = graph;
    this.active = active;
    this.batch = batch;
  }

  /** How many heads each record has along the first axis of a value; empty where records do. */
  Optional<Dim> heads(Dim first) {
    return first.dividedBy(batch).filter(heads -> !heads.isOne());
  }

  /** Whether the first axis of a value has one record behind the other. */
  boolean areByRecord(String value) {
    Dim first = shape(value).dim(0);
    Optional<Node> maker = graph.producer(value);
    while (maker.isPresent() && first.equals(shape(maker.get().output()).dim(0))) {
      Node node = maker.get();
      Optional<String> only = active.onlyActiveInput(node);
      if (only.isEmpty() || !leavesFirst(node)) {
        return false;
      }
      if (node.op().equals("Reshape") && shape(only.get()).dim(0).equals(batch)) {
        return true;
      }
      maker = graph.producer(only.get());
    }
    return false;
  }

  private Shape shape(String value) {
    return graph.value(value).shape();
  }

  private static boolean leavesFirst(Node node) {
    boolean turnsFirst =
        node.op().equals("Transpose") && node.integers("perm", List.of(-1L)).get(0) != 0;
    return !turnsFirst
        && (Operators.is(node, Trait.MOVING) || Operators.is(node, Trait.ELEMENTWISE));
  }
}
