package io.sparklrp.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.Random;

/** Unpadded batches of seeded random tokens. */
final class RandomBatch {
  private static final long SEED = 1;
  private static final int LARGEST_ID = 9000;

  private RandomBatch() {}

  static Map<String, OnnxTensor> of(int records, int tokens) throws OrtException {
    long[] ids = new Random(SEED).longs((long) records * tokens, 5, LARGEST_ID).toArray();
    long[] ones = new long[ids.length];
    java.util.Arrays.fill(ones, 1);
    long[] shape = {records, tokens};
    return Map.of(
        "input_ids", tensor(ids, shape),
        "attention_mask", tensor(ones, shape),
        "token_type_ids", tensor(new long[ids.length], shape));
  }

  private static OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), shape);
  }
}
