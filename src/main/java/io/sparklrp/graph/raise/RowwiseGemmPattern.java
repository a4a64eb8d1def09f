package io.sparklrp.graph.raise;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A linear layer as Gemm of all tokens of all records in one matrix, between two reshapes: a matrix
 * product that keeps batch and tokens apart, so that it can be sliced and its bias booked by
 * record.
 */
final class RowwiseGemmPattern implements Pattern {
  @Override
  public boolean raise(Node root, Matching graph, GraphBuilder target) {
    if (!root.qualifiedOp().equals("Reshape")) {
      return false;
    }
    Optional<Node> gemm =
        graph.node(root.input(0), "Gemm").filter(node -> node.integer("transA", 0) == 0);
    Optional<Node> flat = gemm.flatMap(node -> graph.node(node.input(0), "Reshape"));
    if (flat.isEmpty() || !isRowwise(root, flat.get(), gemm.get(), graph.graph())) {
      return false;
    }
    write(root, flat.get().input(0), gemm.get(), target);
    return true;
  }

  private static boolean isRowwise(Node root, Node flat, Node gemm, Graph graph) {
    Shape from = graph.value(flat.input(0)).shape();
    Shape to = graph.value(root.output()).shape();
    Shape rows = graph.value(flat.output()).shape();
    boolean isBias = !gemm.hasInput(2) || graph.value(gemm.input(2)).rank() == 1;
    return isBias
        && from.rank() > 2
        && to.rank() == from.rank()
        && to.dims().subList(0, to.rank() - 1).equals(from.dims().subList(0, from.rank() - 1))
        && rows.dim(-1).equals(from.dim(-1))
        && graph.value(gemm.output()).shape().dim(-1).equals(to.dim(-1));
  }

  private static void write(Node root, String x, Node gemm, GraphBuilder target) {
    Ops ops = new Ops(target, gemm.name(), gemm.scope());
    Value product =
        ops.fusedMatMul(
            "product",
            target.value(x),
            false,
            target.value(gemm.input(1)),
            gemm.integer("transB", 0) == 1,
            gemm.decimal("alpha", 1f));
    List<String> inputs =
        gemm.hasInput(2) ? List.of(product.name(), gemm.input(2)) : List.of(product.name());
    String op = gemm.hasInput(2) ? "Add" : "Identity";
    target.add(new Node(root.name(), op, "", inputs, root.outputs(), Map.of(), root.scope()));
  }
}
