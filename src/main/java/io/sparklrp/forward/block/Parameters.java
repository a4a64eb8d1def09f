package io.sparklrp.forward.block;

import io.sparklrp.checkpoint.Weights;
import io.sparklrp.error.UserException;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A checkpoint's tensors, asked for by name and shape. What is missing or misshapen is noted, so
 * that one message can name all of it, and replaced by zeros until {@link #check} is called.
 */
public final class Parameters {
  private final Weights weights;
  private final List<String> complaints = new ArrayList<>();

  /** Tensors of a checkpoint. */
  public Parameters(Weights weights) {
    this.weights = weights;
  }

  /** Whether the checkpoint has a tensor of that name. */
  public boolean has(String name) {
    return weights.names().contains(name);
  }

  /** Whether the checkpoint has a tensor whose name begins so. */
  public boolean hasBelow(String prefix) {
    return weights.names().stream().anyMatch(name -> name.startsWith(prefix));
  }

  /** Whether two tensors that the checkpoint has are the same, number by number. */
  public boolean areEqual(String one, String other) {
    return has(one)
        && has(other)
        && Arrays.equals(weights.shape(one), weights.shape(other))
        && weights.get(one).data().equals(weights.get(other).data());
  }

  /**
   * Some of a tensor's rows or columns: what modules that are stored as one tensor are cut into.
   *
   * @param axis 0 or 1
   * @param from first row or column
   * @param count number of them
   * @param shape of the whole tensor, of one or two dimensions
   */
  public Tensor part(String name, int axis, long from, long count, long... shape) {
    Tensor whole = get(name, shape);
    long[] cut = shape.clone();
    cut[axis] = count;
    long inner = Float.BYTES * (axis == 0 && shape.length == 2 ? shape[1] : 1);
    long step = axis == 0 ? 0 : shape[1] * Float.BYTES;
    int runs = axis == 0 ? 1 : Math.toIntExact(shape[0]);
    return Tensor.of(
        DataType.FLOAT32,
        cut,
        () -> {
          ByteBuffer source = whole.data();
          ByteBuffer part = ByteBuffer.allocate(Math.toIntExact(runs * count * inner));
          for (int run = 0; run < runs; run++) {
            part.put(
                source.slice(
                    Math.toIntExact(run * step + from * inner), Math.toIntExact(count * inner)));
          }
          return part;
        });
  }

  /** A tensor plus a number, element by element: Gemma's RMSNorm stores gamma - 1. */
  public Tensor shifted(String name, float offset, long... shape) {
    Tensor stored = get(name, shape);
    return Tensor.of(
        DataType.FLOAT32,
        shape,
        () -> {
          float[] values = stored.toFloats();
          for (int i = 0; i < values.length; i++) {
            values[i] += offset;
          }
          return Tensor.floats(shape, values).data();
        });
  }

  /** A tensor as float32, expected to have the given shape. */
  public Tensor get(String name, long... shape) {
    String stored = storedName(name);
    if (!has(stored)) {
      complaints.add(name + " is missing");
    } else if (!Arrays.equals(weights.shape(stored), shape)) {
      complaints.add(
          String.format(
              "%s is %s, not %s",
              stored, Arrays.toString(weights.shape(stored)), Arrays.toString(shape)));
    } else {
      return weights.get(stored);
    }
    return Tensor.of(DataType.FLOAT32, shape, () -> ByteBuffer.allocate(0));
  }

  /**
   * Checkpoints that were converted from TensorFlow call a LayerNorm's parameters gamma and beta.
   */
  private String storedName(String name) {
    if (has(name)) {
      return name;
    }
    String converted = name.replaceAll("LayerNorm\\.weight$", "LayerNorm.gamma");
    converted = converted.replaceAll("LayerNorm\\.bias$", "LayerNorm.beta");
    return has(converted) ? converted : name;
  }

  /**
   * Complains of everything that was missing or misshapen.
   *
   * @param model the model's name for the message
   */
  public void check(String model) {
    if (!complaints.isEmpty()) {
      throw new UserException(
          String.format(
              "Cannot build model %s: %s. Check that config.json and the weights belong together.",
              model, String.join("; ", complaints)));
    }
  }
}
