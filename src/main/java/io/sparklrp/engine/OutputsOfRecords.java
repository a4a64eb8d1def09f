package io.sparklrp.engine;

import io.sparklrp.record.AllLogits;
import io.sparklrp.record.ModelOutputs;
import io.sparklrp.record.TopLogits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes each record's part out of the outputs of a batch: all logits, or the highest of each row.
 */
final class OutputsOfRecords {
  private final NamedTensors tensors;
  private final TokenBatch batch;
  private final int width;
  private final boolean isByToken;

  /**
   * Outputs of a batch.
   *
   * @param width tokens that every record was padded to
   * @param isByToken whether there is a row for each token
   */
  OutputsOfRecords(NamedTensors tensors, TokenBatch batch, int width, boolean isByToken) {
    this.tensors = tensors;
    this.batch = batch;
    this.width = width;
    this.isByToken = isByToken;
  }

  /** Those of each record, in order. */
  List<ModelOutputs> all() {
    return tensors.has("logits") ? logits(tensors.floats("logits")) : highest();
  }

  private List<ModelOutputs> logits(float... values) {
    int all = values.length / batch.size();
    return IntStream.range(0, batch.size())
        .mapToObj(
            row -> {
              int length = batch.texts().get(row).length();
              int kept = isByToken ? all / width * length : all;
              return (ModelOutputs)
                  new AllLogits(Arrays.copyOfRange(values, row * all, row * all + kept));
            })
        .toList();
  }

  private List<ModelOutputs> highest() {
    long[] index = tensors.longs("top_index");
    float[] top = tensors.floats("top_logit");
    float[] sums = tensors.floats("log_sum");
    int rows = sums.length / batch.size();
    int kept = top.length / batch.size();
    return IntStream.range(0, batch.size())
        .mapToObj(
            i ->
                (ModelOutputs)
                    new TopLogits(
                        Arrays.copyOfRange(index, i * kept, (i + 1) * kept),
                        Arrays.copyOfRange(top, i * kept, (i + 1) * kept),
                        Arrays.copyOfRange(sums, i * rows, (i + 1) * rows)))
        .toList();
  }
}
