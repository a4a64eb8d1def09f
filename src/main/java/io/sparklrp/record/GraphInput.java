package io.sparklrp.record;

/** What an input of a compiled graph is given of one record. */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the engine
public sealed interface GraphInput {
  /**
   * A number for each token; records of a batch are padded to one length.
   *
   * @param values int64 [sequence]
   */
  record ByToken(long[] values) implements GraphInput {}

  /**
   * A share for each token; records of a batch are padded to one length with shares of 0.
   *
   * @param values float32 [sequence]
   */
  record SharesByToken(float[] values) implements GraphInput {}

  /**
   * Numbers of a shape that all records of a batch have.
   *
   * @param values float32, the last axis first
   * @param shape of the record alone
   */
  record OfShape(float[] values, long... shape) implements GraphInput {}
}
