package io.sparklrp.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * In which numbers products of activations with weights are computed. All else is float32 in any
 * case: attention's own products, softmax, normalisation, activations, the ledger.
 */
public enum Precision {
  /** Float32 throughout. */
  FLOAT32(1e-5),
  /** The forward pass in float32, the relevance pass in int8: predictions and scores are exact. */
  MIXED(0.05),
  /** Both passes in int8. */
  INT8(0.05);

  private final double bound;

  Precision(double bound) {
    this.bound = bound;
  }

  /** The precision of a name; empty where there is none. */
  public static Optional<Precision> named(String name) {
    return Arrays.stream(values()).filter(one -> one.id().equals(name)).findFirst();
  }

  /** All names, as a message lists them. */
  public static String names() {
    return Arrays.stream(values()).map(Precision::id).collect(Collectors.joining(", "));
  }

  /** Its name, as users write it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether no product is rounded to fewer bits. */
  public boolean isFull() {
    return this == FLOAT32;
  }

  /**
   * How far two results of one record may be from each other, over their scale, whatever their
   * batches: rounding to eight bits turns on the last bit of a float.
   */
  public double bound() {
    return bound;
  }
}
