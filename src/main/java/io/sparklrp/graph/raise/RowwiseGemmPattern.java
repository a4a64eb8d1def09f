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
    int rank = graph.graph().value(root.output()).rank();
    write(root, flat.get().input(0), rank, gemm.get(), target);
    return true;
  }

  private static boolean isRowwise(Node root, Node flat, Node gemm, Graph graph) {
    Shape from = graph.value(flat.input(0)).shape();
    Shape to = graph.value(root.output()).shape();
    Shape rows = graph.value(flat.output()).shape();
    int leading = to.rank() - 1;
    boolean isBias = !gemm.hasInput(2) || graph.value(gemm.input(2)).rank() == 1;
    return isBias
        && to.rank() > 2
        && from.rank() >= to.rank()
        && to.dims().subList(0, leading).equals(from.dims().subList(0, leading))
        && new Shape(from.dims().subList(leading, from.rank())).size().equals(rows.dim(-1))
        && rows.dim(-1).isFixed()
        && graph.value(gemm.output()).shape().dim(-1).equals(to.dim(-1));
  }

  private static void write(Node root, String x, int rank, Node gemm, GraphBuilder target) {
    Ops ops = new Ops(target, gemm.name(), gemm.scope());
    Value rows = rows(ops, target.value(x), rank);
    Value product =
        ops.fusedMatMul(
            "product",
            rows,
            false,
            target.value(gemm.input(1)),
            gemm.integer("transB", 0) == 1,
            gemm.decimal("alpha", 1f));
    List<String> inputs =
        gemm.hasInput(2) ? List.of(product.name(), gemm.input(2)) : List.of(product.name());
    String op = gemm.hasInput(2) ? "Add" : "Identity";
    target.add(new Node(root.name(), op, "", inputs, root.outputs(), Map.of(), root.scope()));
  }

  /** x with the axes behind its tokens as one. */
  private static Value rows(Ops ops, Value x, int rank) {
    if (x.rank() == rank) {
      return x;
    }
    long[] target = new long[rank];
    target[rank - 1] = new Shape(x.shape().dims().subList(rank - 1, x.rank())).size().size();
    return ops.reshape("rows", x, target);
  }
}
