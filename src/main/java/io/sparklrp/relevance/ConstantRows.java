package io.sparklrp.relevance;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What additive constants add in each row: their product with the gradient where they are added
 * (Srinivas and Fleuret 2019, of pictures).
 */
final class ConstantRows {
  private final TokenRows rows;
  private final TokenAxes tokens;

  ConstantRows(TokenRows rows, TokenAxes tokens) {
    this.rows = rows;
    this.tokens = tokens;
  }

  /**
   * What a constant adds, [batch, rows]; empty where the node has no rows of tokens.
   *
   * @param gradient at the node's output, by record
   * @throws UserException if it cannot be told which of the node's rows are which tokens
   */
  Optional<Value> of(Ops ops, Node node, Value constant, Value gradient) {
    if (rows.isJoin(node)) {
      return Optional.empty(); // rows of their own
    }
    Optional<Integer> axis = tokens.inRecord(node.output(), gradient.rank());
    if (axis.isEmpty() && tokens.mayHaveAll(node.output())) {
      throw new UserException(
          String.format(
              "Cannot book constants to tokens: at node %s it cannot be told which rows are which tokens."
                  + " Leave out --bias.",
              node.name()));
    }
    return axis.map(rowsAt -> product(ops, constant, gradient, rowsAt));
  }

  private static Value product(Ops ops, Value constant, Value gradient, int axis) {
    boolean isVector =
        constant.rank() == 1
            && axis == gradient.rank() - 2
            && constant.shape().dim(0).equals(gradient.shape().dim(-1));
    Value products =
        isVector // one reading of the gradient, and no values of its size
            ? ops.matMul("products", gradient, ops.unsqueeze("column", constant, 1))
            : ops.mul("products", gradient, constant);
    long[] others = LongStream.range(1, gradient.rank()).filter(other -> other != axis).toArray();
    return ops.reduceSum("by_row", products, false, others);
  }
}
