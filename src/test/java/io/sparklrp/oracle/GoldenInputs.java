package io.sparklrp.oracle;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What a compiled graph is fed with for a record of a golden fixture: a batch of one. */
public final class GoldenInputs {
  private GoldenInputs() {}

  public static Map<String, DoubleTensor> of(Graph graph, GoldenFixture.GoldenRecord record) {
    Map<String, DoubleTensor> inputs = new HashMap<>();
    graph.inputs().forEach(input -> inputs.put(input.name(), value(input, record)));
    return inputs;
  }

  private static DoubleTensor value(Value input, GoldenFixture.GoldenRecord record) {
    return switch (input.name()) {
      case "input_ids" -> row(record.ids());
      case "attention_mask" -> row(record.mask());
      case "token_type_ids" -> row(record.types());
      case "positions" -> row(new long[] {record.row().orElseThrow()});
      case "pixel_values" -> pixels(input, record.pixels());
      case "seed" -> seed(input, record.seed());
      default -> throw new AssertionError("no fixture has " + input);
    };
  }

  private static DoubleTensor row(long[] values) {
    return DoubleTensor.of(
        new int[] {1, values.length}, Arrays.stream(values).asDoubleStream().toArray());
  }

  private static DoubleTensor pixels(Value input, float[] values) {
    DoubleTensor pixels =
        DoubleTensor.zeros(
            1,
            (int) input.shape().dim(1).size(),
            (int) input.shape().dim(2).size(),
            (int) input.shape().dim(3).size());
    Arrays.setAll(pixels.data(), i -> values[i]);
    return pixels;
  }

  /** The seed in the shape of the outputs. */
  private static DoubleTensor seed(Value input, float[] weights) {
    double[] data = new double[weights.length];
    Arrays.setAll(data, i -> weights[i]);
    if (input.rank() == 2) {
      return DoubleTensor.of(new int[] {1, data.length}, data);
    }
    int width = (int) input.shape().dim(2).size();
    return DoubleTensor.of(new int[] {1, data.length / width, width}, data);
  }
}
