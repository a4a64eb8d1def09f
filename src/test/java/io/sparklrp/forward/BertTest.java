package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Tensor;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.Interpreter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not change a model, and what does: random ones in double precision. */
class BertTest {
  @TempDir Path directory;

  private static double[] logits(EditableCheckpoint checkpoint) {
    return logits(checkpoint, 0, 0);
  }

  private static double[] logits(EditableCheckpoint checkpoint, double type, double lastMask) {
    ModelGraph model = Architectures.build(checkpoint.open()).model();
    Map<String, DoubleTensor> inputs =
        Map.of(
            "input_ids", DoubleTensor.of(new int[] {1, 4}, 2, 17, 301, 3),
            "attention_mask", DoubleTensor.of(new int[] {1, 4}, 1, 1, 1, lastMask),
            "token_type_ids", DoubleTensor.of(new int[] {1, 4}, 0, 0, type, 0));
    return Interpreter.run(model.graph(), inputs).get(model.logits()).data();
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void normsOfTensorFlowsNamesAreTheSame(long seed) throws IOException {
    EditableCheckpoint model = EditableCheckpoint.tiny(seed, directory.resolve("model"));
    double[] logits = logits(model);
    model.rename(
        name ->
            name.replace("LayerNorm.weight", "LayerNorm.gamma")
                .replace("LayerNorm.bias", "LayerNorm.beta"));
    assertThat(model.tensors().keySet()).anyMatch(name -> name.endsWith("LayerNorm.gamma"));
    assertThat(logits(model)).as("seed %d", seed).containsExactly(logits);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void shardsAreTheSame(long seed) throws IOException {
    EditableCheckpoint model = EditableCheckpoint.tiny(seed, directory.resolve("model"));
    double[] logits = logits(model);
    assertThat(logits(model.shards(4))).as("seed %d", seed).containsExactly(logits);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void unreadTensorsDoNotMatter(long seed) throws IOException {
    EditableCheckpoint model = EditableCheckpoint.tiny(seed, directory.resolve("model"));
    double[] logits = logits(model);
    model.tensor("cls.predictions.bias", Tensor.floats(new long[] {2}, Float.NaN, 1));
    assertThat(logits(model)).as("seed %d", seed).containsExactly(logits);
  }

  /** Without it, tests in which something changes nothing would pass on a constant. */
  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void everyTensorMatters(long seed) throws IOException {
    EditableCheckpoint model = EditableCheckpoint.tiny(seed, directory.resolve("model"));
    double[] logits = logits(model, 1, 0);
    for (Map.Entry<String, Tensor> tensor : model.tensors().entrySet()) {
      // A constant in all scores of a row leaves the softmax as it is.
      if (!tensor.getKey().endsWith("self.key.bias")) {
        model.tensor(tensor.getKey(), changed(tensor.getValue()));
        assertThat(logits(model, 1, 0))
            .as("%s, seed %d", tensor.getKey(), seed)
            .isNotEqualTo(logits);
        model.tensor(tensor.getKey(), tensor.getValue());
      }
    }
    assertThat(logits(model, 1, 0)).containsExactly(logits);
  }

  /** Each element by another amount: LayerNorm takes no notice of a common one. */
  private static Tensor changed(Tensor tensor) {
    float[] elements = tensor.toFloats();
    for (int i = 0; i < elements.length; i++) {
      elements[i] += 0.25f + 0.01f * (i % 7);
    }
    return Tensor.floats(tensor.shape(), elements);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void maskAndTypesAreRead(long seed) throws IOException {
    EditableCheckpoint model = EditableCheckpoint.tiny(seed, directory.resolve("model"));
    double[] logits = logits(model);
    assertThat(Arrays.equals(logits(model, 1, 0), logits)).as("types, seed %d", seed).isFalse();
    assertThat(Arrays.equals(logits(model, 0, 1), logits)).as("mask, seed %d", seed).isFalse();
  }
}
