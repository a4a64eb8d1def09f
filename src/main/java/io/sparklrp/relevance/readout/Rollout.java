package io.sparklrp.relevance.readout;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/**
 * Attention rollout (Abnar and Zuidema 2020): in each layer A = the mean over heads of P, plus the
 * identity, rows normalised; the product over layers, summed over all queries that are no padding.
 *
 * <p>A row vector of ones goes down through the layers, so that no matrix is multiplied with a
 * matrix: r A = (r / s) P + r / s, where s are the sums of the rows of P + I.
 */
public final class Rollout implements AttentionReadOut {
  @Override
  public Value relevance(Attention attention) {
    Value row = attention.realQueries();
    for (int layer = attention.layers() - 1; layer >= 0; layer--) {
      row = below(attention.ops().in("layer_" + layer), row, attention.weights(layer));
    }
    return attention.ofTokens(attention.ops().reduceSum("by_key", row, false, 1));
  }

  private static Value below(Ops ops, Value row, Value byHead) {
    Value weights = HeadMean.of(ops, "weights", byHead);
    Value sums = ops.add("with_itself", ops.reduceSum("sums", weights, false, -1), ops.scalar(1f));
    Value share = ops.div("share", row, ops.unsqueeze("divisor", sums, 1));
    return ops.add("rolled", ops.matMul("attended", share, weights), share);
  }
}
