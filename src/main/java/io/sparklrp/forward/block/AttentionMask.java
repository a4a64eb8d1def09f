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

  /**
   * The same for decoders: keys after the query are masked too, and those that are a window or more
   * before it.
   *
   * @param window how many keys a query sees, its own included; 0 for all before it
   * @return [batch, 1, sequence, sequence]
   */
  public static Value causal(Ops ops, Value mask, long window) {
    Value distance = distance(ops, mask);
    Value past = ops.binary("past", "GreaterOrEqual", distance, ops.integer(0));
    Value seen =
        window == 0
            ? past
            : ops.binary(
                "near", "And", past, ops.binary("window", "Less", distance, ops.integer(window)));
    return masked(ops, mask, seen);
  }

  /**
   * The same for encoders with local attention: keys farther than a distance on either side are
   * masked.
   */
  public static Value local(Ops ops, Value mask, long farthest) {
    Value away = ops.unary("away", "Abs", distance(ops, mask));
    return masked(ops, mask, ops.binary("near", "LessOrEqual", away, ops.integer(farthest)));
  }

  /** Position of the query less that of the key, int64 [1, sequence, sequence]. */
  private static Value distance(Ops ops, Value mask) {
    Value positions = Positions.range(ops, mask);
    Value queries = ops.unsqueeze("queries", positions, 2);
    return ops.sub("distance", queries, ops.unsqueeze("keys", positions, 1));
  }

  private static Value masked(Ops ops, Value mask, Value seen) {
    Value real = ops.binary("real", "Greater", mask, ops.integer(0));
    Value both = ops.binary("seen", "And", seen, ops.unsqueeze("real_keys", real, 1));
    Value added = ops.where("added", both, ops.scalar(0f), ops.scalar(-Float.MAX_VALUE));
    return ops.unsqueeze("by_head", added, 1);
  }
}
