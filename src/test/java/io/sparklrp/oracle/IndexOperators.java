package io.sparklrp.oracle;

import io.sparklrp.graph.Node;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Elements found by index, running sums, and rotation by position. */
final class IndexOperators {
  private IndexOperators() {}

  static void register(Map<String, Interpreter.Operator> operators) {
    operators.put("GatherElements", (node, in) -> List.of(gather(node, in.get(0), in.get(1))));
    operators.put("ScatterElements", (node, in) -> List.of(scatter(node, in)));
    operators.put("TopK", (node, in) -> highest(in.get(0), (int) in.get(1).longs()[0]));
    operators.put(
        "CumSum",
        (node, in) -> List.of(runningSum(in.get(0), in.get(0).axis(in.get(1).longs()[0]))));
    operators.put(Node.MICROSOFT + ".RotaryEmbedding", (node, in) -> List.of(rotated(node, in)));
  }

  private static int[] moved(int flat, DoubleTensor indices, DoubleTensor data, int axis) {
    int[] at = DoubleTensor.index(flat, indices.shape());
    long index = Math.round(indices.data()[flat]);
    at[axis] = (int) (index < 0 ? index + data.shape()[axis] : index);
    return at;
  }

  private static DoubleTensor gather(Node node, DoubleTensor data, DoubleTensor indices) {
    int axis = data.axis(node.integer("axis", 0));
    DoubleTensor result = DoubleTensor.zeros(indices.shape());
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] = data.at(moved(i, indices, data, axis));
    }
    return result;
  }

  private static DoubleTensor scatter(Node node, List<DoubleTensor> in) {
    DoubleTensor data = in.get(0);
    int axis = data.axis(node.integer("axis", 0));
    boolean adds = node.text("reduction", "none").equals("add");
    DoubleTensor result = new DoubleTensor(data.shape(), data.data().clone());
    int[] strides = result.strides();
    for (int i = 0; i < in.get(2).data().length; i++) {
      int[] at = moved(i, in.get(1), data, axis);
      int flat = 0;
      for (int a = 0; a < at.length; a++) {
        flat += at[a] * strides[a];
      }
      result.data()[flat] = in.get(2).data()[i] + (adds ? result.data()[flat] : 0);
    }
    return result;
  }

  private static DoubleTensor runningSum(DoubleTensor x, int axis) {
    DoubleTensor result = new DoubleTensor(x.shape(), x.data().clone());
    int stride = x.strides()[axis];
    for (int i = 0; i < result.data().length; i++) {
      if (DoubleTensor.index(i, x.shape())[axis] > 0) {
        result.data()[i] += result.data()[i - stride];
      }
    }
    return result;
  }

  /** x [batch, sequence, heads * size]; the first elements of a head are turned, half by half. */
  private static DoubleTensor rotated(Node node, List<DoubleTensor> in) {
    DoubleTensor x = in.get(0);
    int half = in.get(2).shape()[1];
    int turned = 2 * half;
    int heads = (int) node.integer("num_heads", 0);
    int width = x.shape()[2];
    int size = heads == 0 ? turned : width / heads;
    DoubleTensor result = new DoubleTensor(x.shape(), x.data().clone());
    for (int row = 0; row < x.data().length / width; row++) {
      int position = (int) in.get(1).longs()[row % in.get(1).data().length];
      for (int start = row * width; start < (row + 1) * width; start += size) {
        rotate(x, in.get(2), in.get(3), result, start, position, half);
      }
    }
    return result;
  }

  private static void rotate(
      DoubleTensor x,
      DoubleTensor cosine,
      DoubleTensor sine,
      DoubleTensor result,
      int start,
      int position,
      int half) {
    IntConsumer turn =
        k -> {
          double cos = cosine.at(position, k);
          double sin = sine.at(position, k);
          double a = x.data()[start + k];
          double b = x.data()[start + half + k];
          result.data()[start + k] = a * cos - b * sin;
          result.data()[start + half + k] = a * sin + b * cos;
        };
    for (int k = 0; k < half; k++) {
      turn.accept(k);
    }
  }

  /** The highest along the last axis; of equal ones the first. */
  private static List<DoubleTensor> highest(DoubleTensor x, int count) {
    int width = x.shape()[x.rank() - 1];
    int[] shape = x.shape().clone();
    shape[x.rank() - 1] = count;
    DoubleTensor values = DoubleTensor.zeros(shape);
    DoubleTensor indices = DoubleTensor.zeros(shape);
    for (int row = 0; row < x.data().length / width; row++) {
      int start = row * width;
      List<Integer> order =
          IntStream.range(0, width)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -x.data()[start + i]))
              .toList();
      for (int k = 0; k < count; k++) {
        values.data()[row * count + k] = x.data()[start + order.get(k)];
        indices.data()[row * count + k] = order.get(k);
      }
    }
    return List.of(values, indices);
  }
}
