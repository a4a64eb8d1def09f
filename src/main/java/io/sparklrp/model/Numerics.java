package io.sparklrp.model;

import java.io.Serializable;

/**
 * In which numbers a program computes.
 *
 * @param precision which products are of whole numbers
 * @param weightBits bits of a weight there, with its sign
 */
public record Numerics(Precision precision, int weightBits) implements Serializable {
  /** Float32 throughout. */
  public static final Numerics FLOAT32 = new Numerics(Precision.FLOAT32, 8);

  /** Weights of eight bits, where they are not floats. */
  public static Numerics of(Precision precision) {
    return new Numerics(precision, 8);
  }

  /**
   * The same with weights of seven bits: no pair of products with a number of eight bits then
   * exceeds sixteen, in which kernels of processors without VNNI add them up.
   */
  public Numerics narrow() {
    return new Numerics(precision, 7);
  }

  /** Whether products of the largest numbers occur, which not every kernel adds up exactly. */
  public boolean needsExactKernel() {
    return !precision.isFull() && weightBits == 8;
  }

  /** Identifies them. */
  public String key() {
    return precision.isFull() ? precision.id() : precision.id() + "-" + weightBits;
  }
}
