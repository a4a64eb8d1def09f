package io.sparklrp.relevance;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether an axis that holds all heads of all records goes record by record, as where [batch,
 * heads, tokens, size] became [batch * heads, tokens, size].
 */
final class MergedHeads {
  private final Graph graph;
  private final Dim batch;

  MergedHeads(Graph graph, String embeddings) {
    this.graph = graph;
    this.batch = graph.value(embeddings).shape().dim(0);
  }

  /** Whether the first axis of a shape is of more than records. */
  boolean isMerged(Shape shape) {
    return shape.dim(0).dividedBy(batch).filter(heads -> !heads.isOne()).isPresent();
  }

  /** Whether the first axis of a value was made of records, and then heads. */
  boolean isByRecord(String value) {
    Dim merged = graph.value(value).shape().dim(0);
    Optional<Node> maker = graph.producer(value);
    while (maker.isPresent()) {
      Shape from = graph.value(maker.get().input(0)).shape();
      if (merges(maker.get(), from, merged)) {
        return true;
      }
      boolean keepsFirst = from.rank() > 1 && from.dim(0).equals(merged) && isInPlace(maker.get());
      maker = keepsFirst ? graph.producer(maker.get().input(0)) : Optional.empty();
    }
    return false;
  }

  private boolean merges(Node node, Shape from, Dim merged) {
    return node.op().equals("Reshape")
        && from.rank() > 2
        && from.dim(0).equals(batch)
        && from.dim(0).times(from.dim(1)).equals(merged);
  }

  private static boolean isInPlace(Node node) {
    return switch (node.op()) {
      case "Cast", "Identity", "Mul", "Div", "Add", "Reshape" -> true;
      case "Transpose" -> node.integers("perm", List.of(1L)).get(0) == 0;
      default -> false;
    };
  }
}
