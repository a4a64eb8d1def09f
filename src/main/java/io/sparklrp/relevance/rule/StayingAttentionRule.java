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
 * <p>V is [batch, heads, tokens, size], or [batch, tokens, size] where all heads share it.
 */
public final class StayingAttentionRule implements Rule {
  private static final float FLOWS_ON = 0.5f;

  @Override
  public void propagate(Node node, Backward backward) {
    Value flowing = new MatrixGradients(node, backward).second(FLOWS_ON);
    backward.toInput(node, 1, flowing);
    backward.stay(node, staying(node, flowing, backward));
  }

  /**
   * The half that stays equals the half that flows, so its products with V are summed over all but
   * the tokens.
   */
  private static Value staying(Node node, Value flowing, Backward backward) {
    Ops ops = backward.ops(node);
    Value products = ops.mul("stays", flowing, backward.input(node, 1));
    Value rows = ops.reduceSum("stays_by_head", products, false, -1);
    long[] heads = LongStream.range(1, rows.rank() - 1L).toArray();
    return heads.length == 0 ? rows : ops.reduceSum("stays_by_token", rows, false, heads);
  }
}
