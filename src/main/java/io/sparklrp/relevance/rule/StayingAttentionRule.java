package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.stream.LongStream;

/**
 * P V as a product of two activations, half of whose relevance belongs to each: V's half flows on,
 * the attention weight's half stays with the token that the weight points at, sum over heads of V .
 * G_V / 2 (our {@code lrp-stay}).
 *
 * <p>The tokens are the axis of V along which the product is summed; the first axis of V is the
 * records. What the tokens of V are to the record is not this rule's to know.
 */
public final class StayingAttentionRule implements Rule {
  private static final float FLOWS_ON = 0.5f;

  private final int values;

  /** A rule for products whose factor of that index is V, 1 in P V and 0 in V' P'. */
  public StayingAttentionRule(int values) {
    this.values = values;
  }

  @Override
  public void propagate(Node node, Backward backward) {
    MatrixGradients gradients = new MatrixGradients(node, backward);
    Value flowing = gradients.of(values, FLOWS_ON);
    backward.toInput(node, values, flowing);
    int tokens = flowing.shape().axis(gradients.summedAxis(values));
    backward.stay(node, values, tokens, staying(node, flowing, tokens, backward));
  }

  /**
   * The half that stays equals the half that flows, so its products with V are summed over all but
   * the tokens.
   */
  private Value staying(Node node, Value flowing, int tokens, Backward backward) {
    Ops ops = backward.ops(node);
    Value products = ops.mul("stays", flowing, backward.input(node, values));
    int size = flowing.rank() - 1 == tokens ? tokens - 1 : flowing.rank() - 1;
    Value rows = ops.reduceSum("stays_by_head", products, false, size);
    long[] heads = LongStream.range(1, rows.rank() - 1L).toArray();
    return heads.length == 0 ? rows : ops.reduceSum("stays_by_token", rows, false, heads);
  }
}
