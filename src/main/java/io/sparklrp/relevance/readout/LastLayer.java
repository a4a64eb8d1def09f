package io.sparklrp.relevance.readout;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/**
 * How much the last layer looks at a token: the mean over heads of its attention weights, summed
 * over all queries that are no padding.
 */
public final class LastLayer implements AttentionReadOut {
  @Override
  public Value relevance(Attention attention) {
    Ops ops = attention.ops();
    Value weights = HeadMean.of(ops, "weights", attention.weights(attention.layers() - 1));
    Value summed = ops.matMul("of_queries", attention.realQueries(), weights);
    return attention.ofTokens(ops.reduceSum("by_key", summed, false, 1));
  }
}
