package io.sparklrp.oracle;

import io.sparklrp.graph.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Along axes. */
final class ReductionOperators {
  private ReductionOperators() {}

  static void register(Map<String, Interpreter.Operator> operators) {
    operators.put("ReduceSum", (node, in) -> List.of(sum(in.get(0), axes(node, in), keep(node))));
    operators.put("ReduceMean", (node, in) -> List.of(mean(in.get(0), axes(node, in), keep(node))));
    operators.put("ReduceMax", (node, in) -> List.of(largest(in.get(0))));
    operators.put(
        "LogSoftmax",
        (node, in) ->
            List.of(
                ElementwiseOperators.map(
                    softmax(in.get(0), in.get(0).axis(node.integer("axis", -1))), Math::log)));
    operators.put(
        "Softmax",
        (node, in) -> List.of(softmax(in.get(0), in.get(0).axis(node.integer("axis", -1)))));
    operators.put(
        "ReduceL2",
        (node, in) ->
            List.of(
                ElementwiseOperators.map(
                    sum(
                        ElementwiseOperators.map(in.get(0), x -> x * x),
                        axes(node, in),
                        keep(node)),
                    Math::sqrt)));
    operators.put("ReduceMax", (node, in) -> List.of(largest(node, in, 1)));
    operators.put("ReduceMin", (node, in) -> List.of(largest(node, in, -1)));
    operators.put("ArgMax", (node, in) -> List.of(argMax(node, in.get(0))));
  }

  private static boolean keep(Node node) {
    return node.integer("keepdims", 1) == 1;
  }

  private static Set<Integer> axes(Node node, List<DoubleTensor> in) {
    Set<Integer> axes = new TreeSet<>();
    if (in.size() > 1) {
      Arrays.stream(in.get(1).longs()).forEach(axis -> axes.add(in.get(0).axis(axis)));
    }
    if (axes.isEmpty() && node.integer("noop_with_empty_axes", 0) == 0) {
      IntStream.range(0, in.get(0).rank()).forEach(axes::add);
    }
    return axes;
  }

  private static DoubleTensor sum(DoubleTensor x, Set<Integer> axes, boolean keep) {
    int[] kept = x.shape().clone();
    axes.forEach(axis -> kept[axis] = 1);
    DoubleTensor result = DoubleTensor.zeros(kept);
    int[] strides = result.strides();
    for (int i = 0; i < x.data().length; i++) {
      int[] index = DoubleTensor.index(i, x.shape());
      int at = 0;
      for (int axis = 0; axis < x.rank(); axis++) {
        at += axes.contains(axis) ? 0 : index[axis] * strides[axis];
      }
      result.data()[at] += x.data()[i];
    }
    return keep ? result : result.reshaped(dropped(x.shape(), axes));
  }

  private static DoubleTensor largest(Node node, List<DoubleTensor> in, int sign) {
    DoubleTensor x = in.get(0);
    Set<Integer> axes = axes(node, in);
    int[] kept = x.shape().clone();
    axes.forEach(axis -> kept[axis] = 1);
    DoubleTensor result = DoubleTensor.zeros(kept);
    Arrays.fill(result.data(), -sign * Double.MAX_VALUE);
    int[] strides = result.strides();
    for (int i = 0; i < x.data().length; i++) {
      int[] index = DoubleTensor.index(i, x.shape());
      int at = 0;
      for (int axis = 0; axis < x.rank(); axis++) {
        at += axes.contains(axis) ? 0 : index[axis] * strides[axis];
      }
      result.data()[at] = sign * Math.max(sign * result.data()[at], sign * x.data()[i]);
    }
    return keep(node) ? result : result.reshaped(dropped(x.shape(), axes));
  }

  private static int[] dropped(int[] shape, Set<Integer> axes) {
    return IntStream.range(0, shape.length)
        .filter(axis -> !axes.contains(axis))
        .map(axis -> shape[axis])
        .toArray();
  }

  private static DoubleTensor mean(DoubleTensor x, Set<Integer> axes, boolean keep) {
    double count = axes.stream().mapToInt(axis -> x.shape()[axis]).reduce(1, (a, b) -> a * b);
    return ElementwiseOperators.map(sum(x, axes, keep), v -> v / count);
  }

  /** Over all axes, of a vector. */
  private static DoubleTensor largest(DoubleTensor x) {
    return DoubleTensor.vector(Arrays.stream(x.data()).max().orElseThrow());
  }

  private static DoubleTensor softmax(DoubleTensor x, int axis) {
    double largest = Arrays.stream(x.data()).max().orElse(0);
    DoubleTensor powers = DoubleTensor.zeros(x.shape());
    int stride = x.strides()[axis];
    int length = x.shape()[axis];
    for (int start = 0; start < x.data().length; start++) {
      if (start / stride % length == 0) {
        int first = start;
        double top =
            IntStream.range(0, length)
                .mapToDouble(k -> x.data()[first + k * stride])
                .max()
                .orElse(largest);
        double total = 0;
        for (int k = 0; k < length; k++) {
          powers.data()[start + k * stride] = Math.exp(x.data()[start + k * stride] - top);
          total += powers.data()[start + k * stride];
        }
        for (int k = 0; k < length; k++) {
          powers.data()[start + k * stride] /= total;
        }
      }
    }
    return powers;
  }

  private static DoubleTensor argMax(Node node, DoubleTensor x) {
    int axis = x.axis(node.integer("axis", 0));
    int stride = x.strides()[axis];
    int length = x.shape()[axis];
    int[] kept = x.shape().clone();
    kept[axis] = 1;
    DoubleTensor result = DoubleTensor.zeros(kept);
    int at = 0;
    for (int start = 0; start < x.data().length; start++) {
      if (start / stride % length == 0) {
        int best = 0;
        for (int k = 1; k < length; k++) {
          if (x.data()[start + k * stride] > x.data()[start + best * stride]) {
            best = k;
          }
        }
        result.data()[at++] = best;
      }
    }
    return keep(node) ? result : result.reshaped(dropped(x.shape(), Set.of(axis)));
  }
}
