package io.sparklrp.oracle;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What the graphs of random checkpoints are fed with: random records of several lengths, or random
 * pictures.
 */
public final class SyntheticInputs {
  private static final int[] LENGTHS = {1, 4, 7};

  private final int vocabulary;
  private final long seed;

  /** Inputs for a checkpoint. */
  public SyntheticInputs(SyntheticCheckpoint checkpoint) {
    this.vocabulary = Math.max(1, checkpoint.vocabulary());
    this.seed = checkpoint.seed();
  }

  /** How many records there are. */
  public static int count() {
    return LENGTHS.length;
  }

  /** Tokens of a record. */
  public static int length(int record) {
    return LENGTHS[record];
  }

  /** All records as one batch, padded to the longest and further. */
  public Map<String, DoubleTensor> batch(Graph graph, int padding, double... weights) {
    return of(graph, IntStream.range(0, count()).toArray(), length(count() - 1) + padding, weights);
  }

  /** One record as it is. */
  public Map<String, DoubleTensor> alone(Graph graph, int record, double... weights) {
    return of(graph, new int[] {record}, length(record), weights);
  }

  private Map<String, DoubleTensor> of(Graph graph, int[] records, int width, double... weights) {
    Map<String, DoubleTensor> inputs = new HashMap<>();
    for (Value input : graph.inputs()) {
      double[][] rows =
          Arrays.stream(records)
              .mapToObj(record -> row(input, record, width, weights))
              .toArray(double[][]::new);
      int[] shape = new int[input.rank()];
      for (int axis = 0; axis < shape.length; axis++) {
        shape[axis] =
            axis == 0
                ? records.length
                : input.shape().dim(axis).isFixed() ? (int) input.shape().dim(axis).size() : width;
      }
      double[] data = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
      inputs.put(input.name(), DoubleTensor.of(shape, data));
    }
    return inputs;
  }

  private double[] row(Value input, int record, int width, double... weights) {
    Random random = new Random(seed + record);
    return switch (input.name()) {
      case "input_ids" -> tokens(record, width, i -> random.nextInt(vocabulary));
      case "attention_mask" -> tokens(record, width, i -> 1);
      case "token_type_ids" -> tokens(record, width, i -> i > 1 ? 1 : 0);
      case "positions" -> rows(input, record);
      case "pixel_values" -> random.doubles(size(input), -2, 2).toArray();
      case "seed" -> seeds(input, width, weights);
      default -> throw new AssertionError("nothing is known of " + input);
    };
  }

  /** The last token, and then one in the middle. */
  private static double[] rows(Value input, int record) {
    int last = length(record) - 1;
    double[] rows = {last, Math.floorDiv(last, 2)};
    return Arrays.copyOf(rows, (int) input.shape().dim(1).size());
  }

  private static double[] tokens(int record, int width, IntToDoubleFunction value) {
    double[] row = new double[width];
    for (int i = 0; i < length(record); i++) {
      row[i] = value.applyAsDouble(i);
    }
    return row;
  }

  private static int size(Value input) {
    return (int)
        IntStream.range(1, input.rank())
            .mapToLong(axis -> input.shape().dim(axis).size())
            .reduce(1, (a, b) -> a * b);
  }

  /** Weights of the first outputs, and of the last; the other outputs have none. */
  private static double[] seeds(Value input, int width, double... weights) {
    int[] sizes =
        IntStream.range(1, input.rank())
            .map(
                axis ->
                    input.shape().dim(axis).isFixed()
                        ? (int) input.shape().dim(axis).size()
                        : width)
            .toArray();
    double[] seeds = new double[DoubleTensor.size(sizes)];
    seeds[0] += weights[0];
    seeds[seeds.length - 1] += weights[1];
    return seeds;
  }
}
