package io.sparklrp.forward.block;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** Ways to make one row of all tokens. */
public final class Pooling {
  private Pooling() {}

  /**
   * The mean of the real tokens, as one product with a row of weights.
   *
   * @param x [batch, sequence, hidden]
   * @param mask int64 [batch, sequence]
   * @return [batch, 1, hidden]
   */
  public static Value mean(Ops ops, Value x, Value mask) {
    Value real = ops.cast("real", mask, DataType.FLOAT32);
    Value count = ops.reduceSum("count", real, true, -1);
    Value weights = ops.unsqueeze("weights", ops.div("share", real, count), 1);
    return ops.matMul("mean", weights, x);
  }
}
