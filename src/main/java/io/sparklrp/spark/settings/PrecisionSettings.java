package io.sparklrp.spark.settings;

import io.sparklrp.model.Precision;
import java.io.Serializable;

/**
 * In which numbers is computed, and how far results may be from those of float32.
 *
 * @param precision which products are of whole numbers
 * @param maxDeviation largest difference of a record's relevance over its sum|R|, and largest share
 *     of records of another class, on a sample
 */
public record PrecisionSettings(Precision precision, double maxDeviation) implements Serializable {
  /** Largest deviation, unless another is given. */
  public static final double MAX_DEVIATION = 0.1;

  /** Float32 throughout. */
  public static final PrecisionSettings USUAL = of(Precision.FLOAT32);

  /** A precision with the usual bound. */
  public static PrecisionSettings of(Precision precision) {
    return new PrecisionSettings(precision, MAX_DEVIATION);
  }
}
