package io.sparklrp.forward.block;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Rotary position embeddings (Su et al. 2021): pairs of elements of queries and keys, half against
 * half, are turned by an angle that is the position times the pair's frequency.
 */
public final class RotaryEmbedding {
  private final String name;
  private final int positions;
  private final double[] frequencies;
  private final long size;

  private RotaryEmbedding(String name, int positions, double[] frequencies, long size) {
    this.name = name;
    this.positions = positions;
    this.frequencies = frequencies;
    this.size = size;
  }

  /**
   * Frequencies theta^(-2k / turned).
   *
   * @param name tells embeddings of one model apart
   * @param positions number of positions
   * @param theta base of the frequencies
   * @param turned elements of a head that are turned
   * @param size elements of a head
   */
  public static RotaryEmbedding of(
      String name, int positions, double theta, long turned, long size) {
    double[] frequencies = new double[(int) turned / 2];
    Arrays.setAll(frequencies, k -> Math.pow(theta, -2.0 * k / turned));
    return new RotaryEmbedding(name, positions, frequencies, size);
  }

  /** The same with its frequencies changed one by one. */
  public RotaryEmbedding scaled(DoubleUnaryOperator change) {
    double[] changed = Arrays.stream(frequencies).map(change).toArray();
    return new RotaryEmbedding(name, positions, changed, size);
  }

  /**
   * Turns queries or keys.
   *
   * @param x [batch, sequence, heads * size]
   * @param at positions, int64 [batch, sequence]
   */
  public Value apply(Ops ops, Value x, Value at) {
    GraphBuilder builder = ops.builder();
    Value cosine = builder.shared(name + ".cosine", table(Math::cos));
    Value sine = builder.shared(name + ".sine", table(Math::sin));
    long heads = x.shape().dim(-1).size() / size;
    long turned = 2L * frequencies.length;
    return ops.rotary("turned", x, at, cosine, sine, heads, turned == size ? 0 : turned);
  }

  private Tensor table(DoubleUnaryOperator function) {
    long[] shape = {positions, frequencies.length};
    return Tensor.of(
        DataType.FLOAT32,
        shape,
        () -> {
          float[] values = new float[positions * frequencies.length];
          for (int i = 0; i < values.length; i++) {
            int position = i / frequencies.length;
            double angle = position * frequencies[i % frequencies.length];
            values[i] = (float) function.applyAsDouble(angle);
          }
          return Tensor.floats(shape, values).data();
        });
  }
}
