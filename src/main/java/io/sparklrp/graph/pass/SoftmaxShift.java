package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import java.util.HashMap;
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
        Heads.isBiased(graph, node)
            && next(node, "Reshape")
                .filter(reshape -> Heads.partsRows(graph, reshape))
                .flatMap(heads -> next(heads, "Transpose"))
                .filter(Heads::isTransposition)
                .flatMap(keys -> readers.only(keys.output()).filter(s -> areScores(s, keys)))
                .flatMap(scores -> next(scores, "Add"))
                .flatMap(masked -> next(masked, "Softmax"))
                .filter(softmax -> Heads.isSoftmaxOfKeys(graph, softmax))
                .isPresent();
    if (canBe) {
      without.put(node.output(), node.input(0));
    }
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
