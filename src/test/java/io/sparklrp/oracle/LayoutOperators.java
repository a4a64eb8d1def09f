package io.sparklrp.oracle;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Elements kept, picked or put elsewhere. */
final class LayoutOperators {
  private LayoutOperators() {}

  static void register(Map<String, Interpreter.Operator> operators) {
    operators.put("Reshape", (node, in) -> List.of(reshape(in.get(0), in.get(1).longs())));
    operators.put("Transpose", (node, in) -> List.of(transpose(in.get(0), perm(node, in.get(0)))));
    operators.put("Unsqueeze", (node, in) -> List.of(unsqueeze(in.get(0), in.get(1).longs())));
    operators.put("Squeeze", (node, in) -> List.of(squeeze(in.get(0), in.get(1).longs())));
    operators.put(
        "Concat", (node, in) -> List.of(concat(in, in.get(0).axis(node.integer("axis", 0)))));
    operators.put("Shape", (node, in) -> List.of(shape(node, in.get(0))));
    operators.put("Slice", (node, in) -> List.of(slice(in)));
    operators.put("Gather", (node, in) -> List.of(gather(node, in.get(0), in.get(1))));
    operators.put("Pad", (node, in) -> List.of(pad(in)));
    operators.put("OneHot", (node, in) -> List.of(oneHot(in)));
    operators.put("Expand", (node, in) -> List.of(expand(in)));
    operators.put("Range", (node, in) -> List.of(range(in)));
    operators.put("ConstantOfShape", (node, in) -> List.of(filled(node, in.get(0))));
    operators.put("GatherND", (node, in) -> List.of(gatherRows(in.get(0), in.get(1))));
    operators.put("ScatterND", (node, in) -> List.of(addRows(in)));
    operators.put("ScatterElements", (node, in) -> List.of(addElements(node, in)));
  }

  private static DoubleTensor reshape(DoubleTensor x, long[] target) {
    int[] shape = new int[target.length];
    int open = -1;
    int known = 1;
    for (int axis = 0; axis < target.length; axis++) {
      shape[axis] = target[axis] == 0 ? x.shape()[axis] : (int) target[axis];
      if (target[axis] == -1) {
        open = axis;
      } else {
        known *= shape[axis];
      }
    }
    if (open >= 0) {
      shape[open] = x.data().length / known;
    }
    return x.reshaped(shape);
  }

  private static List<Long> perm(Node node, DoubleTensor x) {
    List<Long> reversed = new ArrayList<>();
    for (long axis = x.rank() - 1L; axis >= 0; axis--) {
      reversed.add(axis);
    }
    return node.attributes().get("perm") instanceof Attribute.LongsValue set
        ? set.values()
        : reversed;
  }

  static DoubleTensor transpose(DoubleTensor x, List<Long> perm) {
    int[] shape = perm.stream().mapToInt(axis -> x.shape()[axis.intValue()]).toArray();
    DoubleTensor result = DoubleTensor.zeros(shape);
    for (int i = 0; i < result.data().length; i++) {
      int[] index = DoubleTensor.index(i, shape);
      int[] from = new int[index.length];
      for (int axis = 0; axis < index.length; axis++) {
        from[perm.get(axis).intValue()] = index[axis];
      }
      result.data()[i] = x.at(from);
    }
    return result;
  }

  private static DoubleTensor unsqueeze(DoubleTensor x, long[] axes) {
    int rank = x.rank() + axes.length;
    List<Integer> shape = new ArrayList<>(Arrays.stream(x.shape()).boxed().toList());
    Arrays.stream(axes)
        .mapToInt(axis -> (int) (axis < 0 ? axis + rank : axis))
        .sorted()
        .forEach(axis -> shape.add(axis, 1));
    return x.reshaped(shape.stream().mapToInt(Integer::intValue).toArray());
  }

  private static DoubleTensor squeeze(DoubleTensor x, long[] axes) {
    List<Integer> dropped = Arrays.stream(axes).mapToObj(x::axis).toList();
    return x.reshaped(
        IntStream.range(0, x.rank())
            .filter(a -> !dropped.contains(a))
            .map(a -> x.shape()[a])
            .toArray());
  }

  private static DoubleTensor concat(List<DoubleTensor> parts, int axis) {
    int[] shape = parts.get(0).shape().clone();
    shape[axis] = parts.stream().mapToInt(part -> part.shape()[axis]).sum();
    DoubleTensor result = DoubleTensor.zeros(shape);
    for (int i = 0; i < result.data().length; i++) {
      int[] index = DoubleTensor.index(i, shape);
      int part = 0;
      while (index[axis] >= parts.get(part).shape()[axis]) {
        index[axis] -= parts.get(part++).shape()[axis];
      }
      result.data()[i] = parts.get(part).at(index);
    }
    return result;
  }

  private static DoubleTensor shape(Node node, DoubleTensor x) {
    double[] sizes = Arrays.stream(x.shape()).asDoubleStream().toArray();
    int start = bound(node.integer("start", 0), x.rank());
    int end = bound(node.integer("end", x.rank()), x.rank());
    return DoubleTensor.vector(Arrays.copyOfRange(sizes, start, end));
  }

  private static DoubleTensor slice(List<DoubleTensor> in) {
    DoubleTensor x = in.get(0);
    int[] from = new int[x.rank()];
    int[] steps = new int[x.rank()];
    Arrays.fill(steps, 1);
    int[] shape = x.shape().clone();
    for (int i = 0; i < in.get(1).data().length; i++) {
      int axis = in.size() > 3 ? x.axis(in.get(3).longs()[i]) : i;
      steps[axis] = in.size() > 4 ? (int) in.get(4).longs()[i] : 1;
      List<Integer> kept =
          kept(in.get(1).longs()[i], in.get(2).longs()[i], steps[axis], x.shape()[axis]);
      from[axis] = kept.isEmpty() ? 0 : kept.get(0);
      shape[axis] = kept.size();
    }
    DoubleTensor result = DoubleTensor.zeros(shape);
    for (int i = 0; i < result.data().length; i++) {
      int[] index = DoubleTensor.index(i, shape);
      Arrays.setAll(index, axis -> index[axis] * steps[axis] + from[axis]);
      result.data()[i] = x.at(index);
    }
    return result;
  }

  /** The indices that a slice keeps, one after the other. */
  private static List<Integer> kept(long start, long end, int step, int size) {
    long first = start < 0 ? start + size : start;
    long before = end < 0 ? end + size : end;
    long from = step > 0 ? Math.max(first, 0) : Math.max(0, Math.min(first, size - 1L));
    List<Integer> kept = new ArrayList<>();
    for (long at = from;
        at >= 0 && at < size && (step > 0 ? at < before : at > before);
        at += step) {
      kept.add((int) at);
    }
    return kept;
  }

  private static int bound(long index, int size) {
    return (int) Math.min(Math.max(index < 0 ? index + size : index, 0), size);
  }

  private static DoubleTensor gather(Node node, DoubleTensor data, DoubleTensor indices) {
    int axis = data.axis(node.integer("axis", 0));
    int inner = DoubleTensor.size(Arrays.copyOfRange(data.shape(), axis + 1, data.rank()));
    int outer = DoubleTensor.size(Arrays.copyOf(data.shape(), axis));
    int[] shape =
        IntStream.concat(
                IntStream.concat(
                    Arrays.stream(data.shape(), 0, axis), Arrays.stream(indices.shape())),
                Arrays.stream(data.shape(), axis + 1, data.rank()))
            .toArray();
    DoubleTensor result = DoubleTensor.zeros(shape);
    int at = 0;
    for (int o = 0; o < outer; o++) {
      for (long index : indices.longs()) {
        int row = (int) (index < 0 ? index + data.shape()[axis] : index);
        System.arraycopy(
            data.data(), (o * data.shape()[axis] + row) * inner, result.data(), at, inner);
        at += inner;
      }
    }
    return result;
  }

  private static DoubleTensor pad(List<DoubleTensor> in) {
    DoubleTensor x = in.get(0);
    long[] pads = in.get(1).longs();
    double fill = in.size() > 2 ? in.get(2).data()[0] : 0;
    int[] before = new int[x.rank()];
    int[] shape = x.shape().clone();
    for (int i = 0; i < pads.length / 2; i++) {
      int axis = in.size() > 3 ? x.axis(in.get(3).longs()[i]) : i;
      before[axis] = (int) pads[i];
      shape[axis] += (int) (pads[i] + pads[i + pads.length / 2]);
    }
    DoubleTensor result = DoubleTensor.zeros(shape);
    for (int i = 0; i < result.data().length; i++) {
      int[] index = DoubleTensor.index(i, shape);
      Arrays.setAll(index, axis -> index[axis] - before[axis]);
      boolean inside =
          IntStream.range(0, index.length).allMatch(a -> index[a] >= 0 && index[a] < x.shape()[a]);
      result.data()[i] = inside ? x.at(index) : fill;
    }
    return result;
  }

  private static DoubleTensor oneHot(List<DoubleTensor> in) {
    int depth = (int) in.get(1).data()[0];
    int[] shape = Arrays.copyOf(in.get(0).shape(), in.get(0).rank() + 1);
    shape[in.get(0).rank()] = depth;
    DoubleTensor result = DoubleTensor.zeros(shape);
    for (int i = 0; i < result.data().length; i++) {
      boolean on = in.get(0).longs()[i / depth] == i % depth;
      result.data()[i] = in.get(2).data()[on ? 1 : 0];
    }
    return result;
  }

  private static DoubleTensor range(List<DoubleTensor> in) {
    double start = in.get(0).data()[0];
    double delta = in.get(2).data()[0];
    int count = (int) Math.max(0, Math.ceil((in.get(1).data()[0] - start) / delta));
    return DoubleTensor.vector(
        IntStream.range(0, count).mapToDouble(i -> start + i * delta).toArray());
  }

  private static DoubleTensor filled(Node node, DoubleTensor sizes) {
    int[] shape = Arrays.stream(sizes.longs()).mapToInt(Math::toIntExact).toArray();
    DoubleTensor result = DoubleTensor.zeros(shape);
    if (node.attributes().get("value") instanceof Attribute.TensorValue set) {
      Arrays.fill(result.data(), DoubleTensor.of(set.value()).data()[0]);
    }
    return result;
  }

  /** Where the rows that indices name begin, and how long they are. */
  private static int[] rowStarts(DoubleTensor data, DoubleTensor indices) {
    int width = indices.shape()[indices.rank() - 1];
    int[] strides = data.strides();
    int[] starts = new int[indices.data().length / width];
    for (int row = 0; row < starts.length; row++) {
      for (int axis = 0; axis < width; axis++) {
        int index = (int) indices.data()[row * width + axis];
        starts[row] += (index < 0 ? index + data.shape()[axis] : index) * strides[axis];
      }
    }
    return starts;
  }

  private static int rowLength(DoubleTensor data, DoubleTensor indices) {
    int width = indices.shape()[indices.rank() - 1];
    return DoubleTensor.size(Arrays.copyOfRange(data.shape(), width, data.rank()));
  }

  private static DoubleTensor gatherRows(DoubleTensor data, DoubleTensor indices) {
    int width = indices.shape()[indices.rank() - 1];
    int[] shape =
        IntStream.concat(
                Arrays.stream(indices.shape(), 0, indices.rank() - 1),
                Arrays.stream(data.shape(), width, data.rank()))
            .toArray();
    DoubleTensor result = DoubleTensor.zeros(shape);
    int[] starts = rowStarts(data, indices);
    int length = rowLength(data, indices);
    for (int row = 0; row < starts.length; row++) {
      System.arraycopy(data.data(), starts[row], result.data(), row * length, length);
    }
    return result;
  }

  private static DoubleTensor addRows(List<DoubleTensor> in) {
    DoubleTensor data = in.get(0);
    double[] sum = data.data().clone();
    int[] starts = rowStarts(data, in.get(1));
    int length = rowLength(data, in.get(1));
    for (int i = 0; i < in.get(2).data().length; i++) {
      sum[starts[i / length] + i % length] += in.get(2).data()[i];
    }
    return new DoubleTensor(data.shape(), sum);
  }

  private static DoubleTensor addElements(Node node, List<DoubleTensor> in) {
    DoubleTensor data = in.get(0);
    int axis = data.axis(node.integer("axis", 0));
    double[] sum = data.data().clone();
    int[] strides = data.strides();
    for (int i = 0; i < in.get(2).data().length; i++) {
      int[] index = DoubleTensor.index(i, in.get(2).shape());
      int at = (int) in.get(1).data()[i];
      index[axis] = at < 0 ? at + data.shape()[axis] : at;
      sum[IntStream.range(0, index.length).map(a -> index[a] * strides[a]).sum()] +=
          in.get(2).data()[i];
    }
    return new DoubleTensor(data.shape(), sum);
  }

  private static DoubleTensor expand(List<DoubleTensor> in) {
    int[] wanted = Arrays.stream(in.get(1).longs()).mapToInt(Math::toIntExact).toArray();
    DoubleTensor zeros =
        DoubleTensor.zeros(ElementwiseOperators.broadcast(in.get(0).shape(), wanted));
    return ElementwiseOperators.zip(in.get(0), zeros, Double::sum);
  }
}
