package io.sparklrp.graph.pass;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A matrix for each record as a product of two narrow ones.
 *
 * @param left [batch, rows, rank]
 * @param right [batch, rank, columns]
 */
record Factored(Value left, Value right) {
  /** Rows that are the same on the left. */
  Factored withRight(UnaryOperator<Value> change) {
    return new Factored(left, change.apply(right));
  }

  /** The sum of two: their factors side by side, unless they share the left one. */
  Factored plus(Ops ops, Factored other) {
    return left.equals(other.left)
        ? new Factored(left, ops.add("right", right, other.right))
        : new Factored(
            ops.concat("left", 2, List.of(left, other.left)),
            ops.concat("right", 1, List.of(right, other.right)));
  }

  /** How many columns the left factor has, which is fixed. */
  long rank() {
    return right.shape().dim(1).size();
  }

  /** Number of columns of the product. */
  long columns() {
    return right.shape().dim(2).isFixed() ? right.shape().dim(2).size() : Long.MAX_VALUE;
  }
}
