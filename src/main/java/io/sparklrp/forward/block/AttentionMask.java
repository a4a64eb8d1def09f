package io.sparklrp.forward.block;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** Turns the mask of real tokens into what is added to attention scores. */
public final class AttentionMask {
  private AttentionMask() {}

  /**
   * 0 for real tokens and float's lowest number for padding, whose softmax is exactly 0.
   *
   * @param mask int64 [batch, sequence], 1 for real tokens
   * @return [batch, 1, 1, sequence]
   */
  public static Value apply(Ops ops, Value mask) {
    Value real = ops.cast("real", mask, DataType.FLOAT32);
    Value padding = ops.sub("padding", ops.scalar(1f), real);
    Value lowest = ops.mul("lowest", padding, ops.scalar(-Float.MAX_VALUE));
    return ops.unsqueeze("by_key", lowest, 1, 2);
  }
}
