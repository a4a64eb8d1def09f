package io.sparklrp.forward.block;

import io.sparklrp.graph.Value;

/**
 * y = x W' + b, with W stored as [out, in] and read transposed, so that the backward pass can share
 * it.
 */
public final class Linear {
  private Linear() {}

  /**
   * A linear layer.
   *
   * @param block the layer's module
   * @param x [..., in]
   * @return [..., out]
   */
  public static Value apply(Block block, Value x, long in, long out) {
    Value weight = block.parameter("weight", out, in);
    Value product = block.ops().fusedMatMul("product", x, false, weight, true, 1f);
    return block.ops().add("sum", product, block.parameter("bias", out));
  }
}
