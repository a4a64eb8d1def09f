package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves out the bias of keys where only scores read it. It adds q b to all scores of a query, and
 * a softmax does not see what all have in common: its weights are the same without.
 */
public final class SoftmaxShift {
  /** This pass. */
  public static final Pass<Graph> PASS =
      new Pass<>(
          "softmax shift",
          "Leaves out what all scores of a query have in common.",
          SoftmaxShift::apply);

  private static final List<Long> BY_HEAD = List.of(0L, 2L, 1L, 3L);

  private final Graph graph;
  private final Readers readers;

  /** By sum of keys and their bias: the keys. */
  private final Map<String, String> without = new HashMap<>();

  private SoftmaxShift(Graph graph) {
    this.graph = graph;
    this.readers = new Readers(graph);
  }

  /** The graph without such biases. */
  public static Graph apply(Graph graph) {
    SoftmaxShift pass = new SoftmaxShift(graph);
    graph.nodes().forEach(pass::look);
    return pass.without.isEmpty() ? graph : DeadCode.remove(pass.rebuild());
  }

  private void look(Node node) {
    boolean canBe =
        isBiased(node)
            && next(node, "Reshape")
                .filter(this::partsRows)
                .flatMap(heads -> next(heads, "Transpose"))
                .filter(heads -> heads.integers("perm", List.of()).equals(BY_HEAD))
                .flatMap(keys -> readers.only(keys.output()).filter(s -> areScores(s, keys)))
                .flatMap(scores -> next(scores, "Add"))
                .flatMap(masked -> next(masked, "Softmax"))
                .filter(this::isOfLastAxis)
                .isPresent();
    if (canBe) {
      without.put(node.output(), node.input(0));
    }
  }

  private boolean isBiased(Node node) {
    return node.op().equals("Add")
        && graph.constant(node.input(1)).filter(bias -> bias.shape().length == 1).isPresent()
        && graph.value(node.input(0)).shape().equals(graph.value(node.output()).shape());
  }

  /** Whether a node parts [records, sequence, elements] into heads, and leaves rows as they are. */
  private boolean partsRows(Node reshape) {
    Shape whole = graph.value(reshape.input(0)).shape();
    Shape parts = graph.value(reshape.output()).shape();
    return whole.rank() == BY_HEAD.size() - 1
        && parts.rank() == BY_HEAD.size()
        && whole.dims().subList(0, 2).equals(parts.dims().subList(0, 2));
  }

  /** The only reader of what a node makes, if it is such a one. */
  private Optional<Node> next(Node node, String op) {
    return readers.only(node.output()).filter(reader -> reader.op().equals(op));
  }

  /** Whether a node is Q K'. */
  private static boolean areScores(Node node, Node keys) {
    return node.op().equals("FusedMatMul")
        && node.input(1).equals(keys.output())
        && !node.input(0).equals(keys.output())
        && node.integer("transB", 0) == 1
        && node.integer("transBatchB", 0) == 0;
  }

  private boolean isOfLastAxis(Node softmax) {
    long axis = softmax.integer("axis", -1);
    return axis == -1 || axis == graph.value(softmax.output()).rank() - 1L;
  }

  private Graph rebuild() {
    GraphBuilder builder = GraphBuilder.withInputsOf(graph);
    for (Node node : graph.nodes()) {
      if (!without.containsKey(node.output())) {
        builder.add(
            node.withInputs(
                node.inputs().stream().map(name -> without.getOrDefault(name, name)).toList()));
      }
    }
    return builder.buildLike(graph);
  }
}
