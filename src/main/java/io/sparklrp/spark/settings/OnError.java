package io.sparklrp.spark.settings;

/** What becomes of a record that cannot be explained. */
public enum OnError {
  /** It comes out with its error. */
  KEEP,
  /** It does not come out, and is counted. */
  DROP,
  /** The job ends. */
  FAIL;

  /** What is done unless another is given. */
  public static final OnError USUAL = KEEP;
}
