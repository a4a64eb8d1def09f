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
    return apply(block, x, in, out, true);
  }

  /** A linear layer with or without a bias. */
  public static Value apply(Block block, Value x, long in, long out, boolean biased) {
    Value product = product(block, x, block.parameter("weight", out, in));
    return biased ? block.ops().add("sum", product, block.parameter("bias", out)) : product;
  }

  /**
   * Some outputs of a linear layer: one of several layers that the checkpoint stores as one.
   *
   * @param from first output
   * @param count number of outputs
   * @param out outputs of the stored layer
   */
  public static Value part(
      Block block, Value x, long in, long from, long count, long out, boolean biased) {
    Value product = product(block, x, block.part("weight", 0, from, count, out, in));
    return biased ? sum(block, product, from, count, out) : product;
  }

  /** The same of a layer whose weight is stored as [in, out] (GPT-2's {@code Conv1D}). */
  public static Value partOfTransposed(
      Block block, Value x, long in, long from, long count, long out) {
    Value weight =
        count == out
            ? block.parameter("weight", in, out)
            : block.part("weight", 1, from, count, in, out);
    return sum(block, block.ops().matMul("product", x, weight), from, count, out);
  }

  private static Value product(Block block, Value x, Value weight) {
    return block.ops().fusedMatMul("product", x, false, weight, true, 1f);
  }

  private static Value sum(Block block, Value product, long from, long count, long out) {
    Value bias =
        count == out ? block.parameter("bias", out) : block.part("bias", 0, from, count, out);
    return block.ops().add("sum", product, bias);
  }
}
