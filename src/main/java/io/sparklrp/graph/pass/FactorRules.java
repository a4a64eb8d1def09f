package io.sparklrp.graph.pass;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How nodes treat a value that is held in factors: which of them make one, and which make another
 * of it without multiplying it out.
 */
final class FactorRules {
  private final Graph graph;
  private final Function<String, Optional<Factored>> known;
  private final Function<String, Value> made;

  /**
   * Rules for a graph.
   *
   * @param known the factors of a value of the graph
   * @param made a value of the graph where it is being written
   */
  FactorRules(
      Graph graph, Function<String, Optional<Factored>> known, Function<String, Value> made) {
    this.graph = graph;
    this.known = known;
    this.made = made;
  }

  /** The output of a node in factors; empty where it has none. */
  Optional<Factored> of(Node node, Ops ops) {
    return switch (node.op()) {
      case "MatMul", "FusedMatMul" -> product(node, ops);
      case "Pad" -> padded(node, ops);
      case "Add" -> sum(node, ops);
      case "Sub" -> difference(node, ops);
      case "Mul" -> scaled(node, ops);
      case "ReduceMean" -> mean(node, ops);
      default -> Optional.empty();
    };
  }

  private Shape shape(String value) {
    return graph.value(value).shape();
  }

  /** A product by a weight is one of the right factor; one of activations may be two factors. */
  private Optional<Factored> product(Node node, Ops ops) {
    boolean turnsA = node.integer("transA", 0) == 1;
    boolean turnsB = node.integer("transB", 0) == 1;
    float alpha = node.decimal("alpha", 1f);
    Optional<Factored> first = known.apply(node.input(0));
    if (first.isPresent()) {
      boolean isByWeight = graph.constant(node.input(1)).isPresent() && !turnsA;
      return first
          .filter(factors -> isByWeight && shape(node.input(1)).rank() == 2)
          .map(
              factors ->
                  factors.withRight(
                      right ->
                          ops.fusedMatMul(
                              "right", right, false, made.apply(node.input(1)), turnsB, alpha)));
    }
    if (turnsB || !isNarrow(node, turnsA)) {
      return Optional.empty();
    }
    Value left = made.apply(node.input(0));
    Value right = made.apply(node.input(1));
    return Optional.of(
        new Factored(
            turnsA ? ops.transpose("left", left, List.of(0L, 2L, 1L)) : left,
            alpha == 1f ? right : ops.mul("right", right, ops.scalar(alpha))));
  }

  /** Whether a product for each record has few terms, as many in all records. */
  private boolean isNarrow(Node node, boolean turnsA) {
    Shape a = shape(node.input(0));
    Shape b = shape(node.input(1));
    return a.rank() == 3
        && b.rank() == 3
        && b.dim(1).isFixed()
        && LowRank.pays(b.dim(1).size(), b.dim(2))
        && !a.dim(turnsA ? 2 : 1).isFixed();
  }

  /**
   * Zeros behind the columns, or columns cut off: of the right factor. Zeros around a record's only
   * row: a factor that says where it is.
   */
  private Optional<Factored> padded(Node node, Ops ops) {
    Shape from = shape(node.input(0));
    Shape to = shape(node.output());
    boolean isOfZeros =
        graph
            .constant(node.input(2))
            .filter(number -> number.type() == DataType.FLOAT32 && number.toFloats()[0] == 0)
            .isPresent();
    if (!isOfZeros || from.rank() != 3 || !from.dim(0).equals(to.dim(0))) {
      return Optional.empty();
    }
    Optional<Factored> factors = known.apply(node.input(0));
    if (factors.isPresent() && from.dim(1).equals(to.dim(1))) {
      return factors.map(all -> all.withRight(right -> pad(ops, "right", right, node)));
    }
    boolean isRow = from.dim(1).isOne() && from.dim(2).equals(to.dim(2)) && !to.dim(1).isFixed();
    return isRow && factors.isEmpty()
        ? Optional.of(
            new Factored(pad(ops, "left", ones(ops, node), node), made.apply(node.input(0))))
        : Optional.empty();
  }

  private Value pad(Ops ops, String step, Value value, Node like) {
    return ops.op(
        step,
        "Pad",
        like.attributes(),
        value,
        made.apply(like.input(1)),
        made.apply(like.input(2)));
  }

  /** [batch, 1, 1] */
  private Value ones(Ops ops, Node node) {
    Value records = ops.dimension("records", made.apply(node.input(0)), 0);
    Value size = ops.concat("size", 0, List.of(records, ops.longs(1, 1)));
    Tensor one = Tensor.floats(new long[] {1}, 1f);
    return ops.op("ones", "ConstantOfShape", Map.of("value", new Attribute.TensorValue(one)), size);
  }

  private Optional<Factored> sum(Node node, Ops ops) {
    return both(node).map(two -> two.get(0).plus(ops, two.get(1)));
  }

  private Optional<Factored> difference(Node node, Ops ops) {
    return both(node)
        .filter(two -> two.get(0).left().equals(two.get(1).left()))
        .map(two -> two.get(0).withRight(right -> ops.sub("right", right, two.get(1).right())));
  }

  private Optional<List<Factored>> both(Node node) {
    return known
        .apply(node.input(0))
        .flatMap(a -> known.apply(node.input(1)).map(b -> List.of(a, b)));
  }

  /** By a number or one for each column: on the right; by one for each row: on the left. */
  private Optional<Factored> scaled(Node node, Ops ops) {
    for (int side = 0; side < 2; side++) {
      Optional<Factored> factors = known.apply(node.input(side));
      String other = node.input(1 - side);
      if (factors.isPresent() && known.apply(other).isEmpty()) {
        return scaled(factors.get(), other, ops);
      }
    }
    return outer(node);
  }

  private Optional<Factored> scaled(Factored factors, String by, Ops ops) {
    Shape shape = shape(by);
    boolean isByColumn = shape.rank() <= 1 && graph.constant(by).isPresent();
    if (isByColumn) {
      return Optional.of(factors.withRight(right -> ops.mul("right", right, made.apply(by))));
    }
    boolean isByRow =
        shape.rank() == 3
            && shape.dim(2).isOne()
            && !shape.dim(1).isOne()
            && shape.dim(0).equals(factors.left().shape().dim(0));
    return isByRow
        ? Optional.of(
            new Factored(ops.mul("left", factors.left(), made.apply(by)), factors.right()))
        : Optional.empty();
  }

  /** [batch, rows, 1] times [batch, 1, columns]. */
  private Optional<Factored> outer(Node node) {
    Shape a = shape(node.input(0));
    Shape b = shape(node.input(1));
    if (isColumn(a) && isRow(b) && a.dim(0).equals(b.dim(0))) {
      return Optional.of(new Factored(made.apply(node.input(0)), made.apply(node.input(1))));
    }
    return isColumn(b) && isRow(a) && a.dim(0).equals(b.dim(0))
        ? Optional.of(new Factored(made.apply(node.input(1)), made.apply(node.input(0))))
        : Optional.empty();
  }

  private static boolean isColumn(Shape shape) {
    return shape.rank() == 3 && shape.dim(2).isOne() && !shape.dim(1).isFixed();
  }

  private static boolean isRow(Shape shape) {
    return shape.rank() == 3 && shape.dim(1).isOne() && LowRank.pays(1, shape.dim(2));
  }

  private Optional<Factored> mean(Node node, Ops ops) {
    boolean isOfColumns =
        node.integer("keepdims", 1) == 1
            && graph
                .constant(node.input(1))
                .map(Tensor::toLongs)
                .filter(axes -> axes.length == 1 && (axes[0] == 2 || axes[0] == -1))
                .isPresent();
    return known
        .apply(node.input(0))
        .filter(factors -> isOfColumns)
        .map(factors -> factors.withRight(right -> ops.reduceMean("right", right, true, 2)));
  }
}
