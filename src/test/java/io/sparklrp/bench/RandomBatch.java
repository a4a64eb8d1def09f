package io.sparklrp.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.sparklrp.graph.pass.OutputRows;
import io.sparklrp.relevance.CompiledRelevance;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** Unpadded batches of seeded random tokens; the row that is asked for is the last token's. */
final class RandomBatch {
  private static final long SEED = 1;
  private static final int LARGEST_ID = 8000;

  private RandomBatch() {}

  /**
   * A batch.
   *
   * @param outputs of the row: the seed, where a graph has that input, is a one at the first
   */
  static Map<String, OnnxTensor> of(int records, int tokens, int outputs) throws OrtException {
    long[] ids = new Random(SEED).longs((long) records * tokens, 5, LARGEST_ID).toArray();
    long[] shape = {records, tokens};
    return Map.of(
        "input_ids",
        tensor(ids, shape),
        "attention_mask",
        tensor(filled(ids.length, 1), shape),
        "token_type_ids",
        tensor(filled(ids.length, 0), shape),
        OutputRows.POSITIONS,
        tensor(filled(records, tokens - 1L), records, 1),
        CompiledRelevance.SEED,
        seed(records, outputs));
  }

  private static OnnxTensor seed(int records, int outputs) throws OrtException {
    float[] values = new float[records * outputs];
    for (int row = 0; row < records; row++) {
      values[row * outputs] = 1;
    }
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(),
        FloatBuffer.wrap(values),
        new long[] {records, 1, outputs});
  }

  private static long[] filled(int size, long value) {
    long[] values = new long[size];
    Arrays.fill(values, value);
    return values;
  }

  private static OnnxTensor tensor(long[] values, long... shape) throws OrtException {
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), shape);
  }
}
