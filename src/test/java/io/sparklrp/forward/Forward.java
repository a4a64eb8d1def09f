package io.sparklrp.forward;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.RandomTensor;
import io.sparklrp.oracle.SyntheticCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Outputs of checkpoints' forward passes for one record, by the oracle. */
final class Forward {
  private Forward() {}

  /** The graph of a checkpoint that is written first. */
  static Graph graph(SyntheticCheckpoint checkpoint, Path directory) throws IOException {
    return Architectures.build(checkpoint.write(directory)).model().graph();
  }

  /** The outputs of a checkpoint that is written first. */
  static DoubleTensor outputs(SyntheticCheckpoint checkpoint, Path directory, long... ids)
      throws IOException {
    return outputs(checkpoint.write(directory), ids);
  }

  /** The outputs for a record of the given tokens, or for a random picture. */
  static DoubleTensor outputs(Checkpoint checkpoint, long... ids) {
    ModelGraph model = Architectures.build(checkpoint).model();
    Map<String, DoubleTensor> inputs = new HashMap<>();
    for (Value input : model.graph().inputs()) {
      inputs.put(input.name(), value(input, ids));
    }
    return Interpreter.run(model.graph(), inputs).get(model.logits());
  }

  /** The outputs for the picture whose pixels are sin(0), sin(1), sin(2), ... */
  static DoubleTensor ofWaves(Checkpoint checkpoint) {
    ModelGraph model = Architectures.build(checkpoint).model();
    Value pixels = model.graph().inputs().get(0);
    int[] shape = {1, size(pixels, 1), size(pixels, 2), size(pixels, 3)};
    double[] waves = new double[shape[1] * shape[2] * shape[3]];
    Arrays.setAll(waves, Math::sin);
    Map<String, DoubleTensor> inputs = Map.of(pixels.name(), DoubleTensor.of(shape, waves));
    return Interpreter.run(model.graph(), inputs).get(model.logits());
  }

  private static int size(Value value, int axis) {
    return (int) value.shape().dim(axis).size();
  }

  private static DoubleTensor value(Value input, long... ids) {
    int[] row = {1, ids.length};
    return switch (input.name()) {
      case "input_ids" -> DoubleTensor.of(row, Arrays.stream(ids).asDoubleStream().toArray());
      case "attention_mask" ->
          DoubleTensor.of(row, Arrays.stream(ids).mapToDouble(i -> 1).toArray());
      case "token_type_ids" -> DoubleTensor.zeros(row);
      default -> {
        yield RandomTensor.of(5, 1, size(input, 1), size(input, 2), size(input, 3));
      }
    };
  }
}
