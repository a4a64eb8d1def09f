package io.sparklrp.relevance.readout;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;
import java.util.Optional;

/**
 * Generic attention explainability (Chefer et al. 2021, equations 5 and 6, for self-attention): in
 * each layer R becomes R + A R, where A is the mean over heads of max(0, P dy/dP), and R starts as
 * the identity.
 *
 * <p>R is read at the rows that the score reads: the first token of most encoders, a decoder's
 * last, the explained token of an output by token, all of a mean. They are those queries of the
 * last layer at whose weights a gradient arrived, and count alike. One row vector goes down through
 * the layers, so that no matrix is multiplied with a matrix.
 */
public final class AttentionGradients implements ReadOut {
  @Override
  public Value relevance(Gradients found) {
    Attention attention = found.attention();
    Value row = null;
    for (int layer = attention.layers() - 1; layer >= 0; layer--) {
      Optional<Value> gradient = found.ofWeights(layer);
      if (gradient.isPresent()) {
        Ops ops = found.ops().in("layer_" + layer);
        row = row == null ? read(ops.in("rows"), gradient.get()) : row;
        row = below(ops, row, attention.weights(layer), gradient.get());
      }
    }
    Value byKey = found.ops().reduceSum("by_key", row, false, 1);
    return attention.ofTokens(byKey);
  }

  /** 1 / n for each of the n queries that the score reads, [batch, 1, queries]. */
  private static Value read(Ops ops, Value gradient) {
    Value sizes = HeadMean.of(ops, "by_head", ops.unary("sizes", "Abs", gradient));
    Value largest = ops.reduceMax("largest", sizes, false, -1);
    Value isRead = ops.unsqueeze("row", ops.unary("is_read", "Sign", largest), 1);
    Value count = ops.reduceSum("count", isRead, true, -1);
    return ops.div("mean", isRead, ops.op("at_least_one", "Max", Map.of(), count, ops.scalar(1f)));
  }

  private static Value below(Ops ops, Value row, Value weights, Value gradient) {
    Value products = ops.mul("products", weights, gradient);
    Value mean = HeadMean.of(ops, "mean", ops.unary("positive", "Relu", products));
    return ops.add("with_attended", row, ops.matMul("attended", row, mean));
  }

  @Override
  public boolean areShares() {
    return false;
  }
}
