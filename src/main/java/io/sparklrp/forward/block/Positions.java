package io.sparklrp.forward.block;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** Positions of tokens. */
public final class Positions {
  private Positions() {}

  /**
   * 0, 1, 2, ... as long as a batch is wide.
   *
   * @param tokens int64 [batch, sequence]
   * @return int64 [1, sequence]
   */
  public static Value range(Ops ops, Value tokens) {
    Value row = ops.slice("row", tokens, 0, ops.longs(0), ops.longs(1));
    Value zeros = ops.mul("zeros", row, ops.integer(0));
    Value ones = ops.add("ones", zeros, ops.integer(1));
    return ops.sub("range", ops.cumulativeSum("counted", ones, 1), ops.integer(1));
  }

  /**
   * The same for every record.
   *
   * @return int64 [batch, sequence]
   */
  public static Value ofBatch(Ops ops, Value tokens) {
    Value zeros = ops.mul("no_offset", tokens, ops.integer(0));
    return ops.add("positions", zeros, range(ops, tokens));
  }

  /**
   * RoBERTa's positions: counted from padding + 1 on, where padding's own is the padding token's
   * id.
   *
   * @param ids int64 [batch, sequence]
   * @param padding id of the padding token
   * @return int64 [batch, sequence]
   */
  public static Value afterPadding(Ops ops, Value ids, long padding) {
    Value isPadding = ops.binary("is_padding", "Equal", ids, ops.integer(padding));
    Value real = ops.cast("real", ops.unary("is_real", "Not", isPadding), DataType.INT64);
    Value counted = ops.mul("counted", ops.cumulativeSum("count", real, 1), real);
    return ops.add("positions", counted, ops.integer(padding));
  }
}
