package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import java.util.List;

/** How heads of attention are made of rows, and read, where a graph writes it in the usual way. */
final class Heads {
  /** From [records, sequence, heads, size] to [records, heads, sequence, size], and back. */
  static final List<Long> BY_HEAD = List.of(0L, 2L, 1L, 3L);

  /** Dimensions of heads. */
  static final int RANK = 4;

  private Heads() {}

  /** Whether a node puts heads before rows, or back. */
  static boolean isTransposition(Node node) {
    return node.op().equals("Transpose") && node.integers("perm", List.of()).equals(BY_HEAD);
  }

  /** Whether a node parts [records, sequence, elements] into heads, and leaves rows as they are. */
  static boolean partsRows(Graph graph, Node reshape) {
    Shape whole = graph.value(reshape.input(0)).shape();
    Shape parts = graph.value(reshape.output()).shape();
    return whole.rank() == RANK - 1
        && parts.rank() == RANK
        && whole.dims().subList(0, 2).equals(parts.dims().subList(0, 2));
  }

  /** Whether a node adds a bias to rows, which stay as large. */
  static boolean isBiased(Graph graph, Node node) {
    return node.op().equals("Add")
        && graph.constant(node.input(1)).filter(bias -> bias.shape().length == 1).isPresent()
        && graph.value(node.input(0)).shape().equals(graph.value(node.output()).shape());
  }

  /** Whether a node makes weights of the scores of each query. */
  static boolean isSoftmaxOfKeys(Graph graph, Node node) {
    long axis = node.integer("axis", -1);
    return node.op().equals("Softmax")
        && (axis == -1 || axis == graph.value(node.output()).rank() - 1L);
  }
}
