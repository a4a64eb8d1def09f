package io.sparklrp.relevance;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import java.util.List;

/**
 * Finds where position may enter a model otherwise than by vectors that are added and by rotary
 * embeddings: as a factor that has a number for each token, such as cosines that are written out.
 */
final class PositionProducts {
  private final Graph graph;
  private final ActiveValues active;
  private final TokenAxes tokens;

  PositionProducts(Graph graph, ActiveValues active, TokenAxes tokens) {
    this.graph = graph;
    this.active = active;
    this.tokens = tokens;
  }

  /**
   * Refuses them.
   *
   * @throws UserException if there are any; they are named
   */
  void refuse() {
    List<String> found =
        graph.nodes().stream()
            .filter(node -> node.op().equals("Mul") && active.contains(node.output()))
            .filter(node -> node.inputs().stream().anyMatch(factor -> isByToken(node, factor)))
            .map(Node::name)
            .toList();
    if (!found.isEmpty()) {
      throw new UserException(
          String.format(
              "Cannot tell what position has of the score: nodes %s multiply by a number for each token, which may be"
                  + " its position's. Use --method attnlrp, or a checkpoint instead of an export.",
              String.join(", ", found)));
    }
  }

  /** Whether a factor that depends on no embedding has a number for each token, and is no mask. */
  private boolean isByToken(Node node, String factor) {
    if (active.contains(factor)
        || graph.producer(factor).map(Node::scope).filter(LedgerScopes.MASK::equals).isPresent()) {
      return false;
    }
    Shape shape = graph.value(factor).shape();
    int added = graph.value(node.output()).shape().rank() - shape.rank();
    return tokens.only(node.output()).stream()
        .anyMatch(axis -> axis >= added && !shape.dim(axis - added).isOne());
  }
}
