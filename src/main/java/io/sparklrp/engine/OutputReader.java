package io.sparklrp.engine;

import ai.djl.ndarray.NDList;

/** Makes what a batch's records are given of the tensors that came back. */
interface OutputReader<T> {
  /**
   * Reads.
   *
   * @param tensors a compiled graph's outputs
   * @param batch what was run
   * @param width tokens that every record was padded to
   */
  T read(NDList tensors, TokenBatch batch, int width);
}
