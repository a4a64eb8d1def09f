package io.sparklrp.relevance;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What additive constants add in the rows of tokens: their product with the gradient where they are
 * added, row by row, as FullGrad (Srinivas and Fleuret 2019) has it of pictures.
 */
final class TokenBias {
  private final TokenRows rows;
  private final TokenAxes tokens;
  private final List<Value> added = new ArrayList<>();

  TokenBias(TokenRows rows, TokenAxes tokens) {
    this.rows = rows;
    this.tokens = tokens;
  }

  /**
   * A constant is added at a node; nothing where the node has no rows of tokens.
   *
   * @param gradient at the node's output, by record
   * @throws UserException if it cannot be told which of the node's rows are which tokens
   */
  void add(Ops ops, Node node, Value constant, Value gradient) {
    if (rows.isJoin(node)) {
      return; // rows of their own
    }
    Optional<Integer> axis = tokens.inRecord(node.output(), gradient.rank());
    if (axis.isPresent()) {
      Value products = ops.mul("products", gradient, constant);
      long[] others =
          LongStream.range(1, gradient.rank()).filter(other -> other != axis.get()).toArray();
      added.add(rows.ofTokens(ops, ops.reduceSum("by_row", products, false, others)));
    } else if (tokens.mayHaveAll(node.output())) {
      throw new UserException(
          String.format(
              "Cannot book constants to tokens: at node %s it cannot be told which rows are which tokens."
                  + " Leave out --bias.",
              node.name()));
    }
  }

  /**
   * All of it, [batch, sequence]: zeros where constants add nothing.
   *
   * @param ofTokens anything of that shape
   */
  Value total(Ops ops, Value ofTokens) {
    return added.stream()
        .reduce((sum, part) -> ops.add("sum", sum, part))
        .orElseGet(() -> ops.mul("none", ofTokens, ops.scalar(0f)));
  }
}
