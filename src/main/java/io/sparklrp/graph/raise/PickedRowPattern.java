package io.sparklrp.graph.raise;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last, or first, of each record's rows that a mask picks, such as that of the end token, as
 * exporters write {@code x[mask].view(batch, -1, hidden)[:, -1]}: NonZero, GatherND and Reshape,
 * which need the same number of rows of every record. Here each record's row is found by itself, as
 * if it were alone. A record without such a row becomes NaN.
 */
final class PickedRowPattern implements Pattern {
  private static final String MASK = "attention_mask";

  private record Picked(String x, String mask) {}

  @Override
  public boolean raise(Node root, Matching graph, GraphBuilder target) {
    boolean isLast = isSliceOf(root, -1, graph);
    if (!isLast && !isSliceOf(root, 0, graph)) {
      return false;
    }
    Optional<Picked> picked =
        graph.node(root.input(0), "Reshape").flatMap(reshape -> picked(reshape, graph));
    picked.ifPresent(found -> write(root, found, isLast, target));
    return picked.isPresent();
  }

  /** Whether a node keeps the one row at an index of axis 1. */
  private static boolean isSliceOf(Node root, long row, Matching graph) {
    return root.qualifiedOp().equals("Slice")
        && root.inputs().size() == 4
        && longs(root.input(1), graph).filter(row1 -> row1 == row).isPresent()
        && longs(root.input(2), graph)
            .filter(end -> row == 0 ? end == 1 : end >= Integer.MAX_VALUE)
            .isPresent()
        && longs(root.input(3), graph).filter(axis -> axis == 1).isPresent();
  }

  private static Optional<Long> longs(String value, Matching graph) {
    return graph
        .graph()
        .constant(value)
        .filter(tensor -> tensor.size() == 1)
        .map(Tensor::toLongs)
        .map(all -> all[0]);
  }

  private static Optional<Picked> picked(Node reshape, Matching graph) {
    Optional<Node> rows =
        graph.node(reshape.input(0), "GatherND").filter(node -> node.integer("batch_dims", 0) == 0);
    return rows.flatMap(node -> graph.node(node.input(1), "Transpose"))
        .filter(turned -> turned.integers("perm", List.of(1L, 0L)).equals(List.of(1L, 0L)))
        .flatMap(turned -> graph.node(turned.input(0), "NonZero"))
        .map(found -> new Picked(rows.orElseThrow().input(0), found.input(0)))
        .filter(found -> isByRecord(found, reshape, graph.graph()));
  }

  private static boolean isByRecord(Picked picked, Node reshape, Graph graph) {
    Shape x = graph.value(picked.x).shape();
    Shape grouped = graph.value(reshape.output()).shape();
    return x.rank() == 3
        && graph.value(picked.mask).rank() == 2
        && grouped.rank() == 3
        && grouped.dim(0).equals(x.dim(0))
        && grouped.dim(2).equals(x.dim(2));
  }

  private static void write(Node root, Picked picked, boolean isLast, GraphBuilder target) {
    Ops ops = new Ops(target, root.name(), root.scope());
    Value mask = ops.cast("picked", target.value(picked.mask), DataType.INT64);
    if (target.hasValue(MASK) && target.value(MASK).type() == DataType.INT64) {
      mask = ops.mul("of_record", mask, target.value(MASK));
    }
    Value counted = isLast ? ops.cumulativeSum("counted", mask, 1) : mask;
    Map<String, Attribute> along = Map.of("axis", Attribute.of(1L), "keepdims", Attribute.of(1L));
    Value index = ops.op("index", "ArgMax", along, counted);
    Value x = target.value(picked.x);
    Value row = ops.matMul("row", ops.oneHot("one_hot", index, ops.dimension("length", x, 1)), x);
    Value count = ops.reduceSum("count", ops.cast("counts", mask, DataType.FLOAT32), true, 1);
    Value factor = ops.unsqueeze("factor", ops.div("one_or_nan", count, count), 2);
    target.add(
        new Node(
            root.name(),
            "Mul",
            "",
            List.of(row.name(), factor.name()),
            root.outputs(),
            Map.of(),
            root.scope()));
  }
}
