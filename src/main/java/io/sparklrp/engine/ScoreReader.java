package io.sparklrp.engine;

import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/** Reads the scores of a batch: for each record those of its targets, in their order. */
final class ScoreReader implements OutputReader<List<float[]>> {
  @Override
  public List<float[]> read(NDList tensors, TokenBatch batch, int width) {
    float[] scores = new NamedTensors(tensors).floats("score");
    int rows = batch.size();
    List<float[]> ofRecords = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      float[] own = new float[scores.length / rows];
      for (int target = 0; target < own.length; target++) {
        own[target] = scores[target * rows + row];
      }
      ofRecords.add(own);
    }
    return ofRecords;
  }
}
