package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Slice along any axes, by any steps: the gradient goes back to its places, with zeros before,
 * between and behind them.
 */
public final class SliceRule implements Rule {
  private static final int STARTS = 1;
  private static final int AXES = 3;
  private static final int STEPS = 4;

  @Override
  public void propagate(Node node, Backward backward) {
    long[] axes = constant(node, AXES, backward).orElseGet(() -> leading(node, backward));
    Value gradient = backward.gradient(node);
    for (int i = 0; i < axes.length; i++) {
      gradient = padded(node, i, axes, gradient, backward);
    }
    backward.toInput(node, 0, gradient);
  }

  private static long[] leading(Node node, Backward backward) {
    return LongStream.range(0, backward.input(node, STARTS).shape().dim(0).size()).toArray();
  }

  private static long step(Node node, int index, Backward backward) {
    return node.hasInput(STEPS) ? constant(node, STEPS, backward).orElseThrow()[index] : 1;
  }

  private static Value padded(
      Node node, int index, long[] axes, Value gradient, Backward backward) {
    Ops ops = backward.ops(node);
    Value x = backward.input(node, 0);
    int axis = x.shape().axis(axes[index]);
    long step = step(node, index, backward);
    Value whole = length(ops, x, axis);
    Value count = length(ops, gradient, axis);
    Value forwards = step < 0 ? reversed(ops, gradient, axis) : gradient;
    Value spread = spread(ops, forwards, axis, Math.abs(step));
    Value kept = Math.abs(step) == 1 ? count : ops.mul("kept", count, ops.longs(Math.abs(step)));
    Value first = first(node, index, whole, step, backward);
    Value lowest = step > 0 ? first : lowest(ops, first, count, step);
    Value behind = ops.sub("behind", ops.sub("rest", whole, kept), lowest);
    return ops.pad("padded", spread, axis, lowest, behind, ops.scalar(0f));
  }

  /** The last index that is kept, going backwards. */
  private static Value lowest(Ops ops, Value first, Value count, long step) {
    Value others = ops.sub("others", count, ops.longs(1));
    return ops.add("lowest", first, ops.mul("steps", others, ops.longs(step)));
  }

  private static Value reversed(Ops ops, Value gradient, int axis) {
    return ops.op(
        "reversed",
        "Slice",
        Map.of(),
        gradient,
        ops.longs(-1),
        ops.longs(-Long.MAX_VALUE),
        ops.longs(axis),
        ops.longs(-1));
  }

  /** Zeros behind each element: all of them but one step apart. */
  private static Value spread(Ops ops, Value gradient, int axis, long step) {
    if (step == 1) {
      return gradient;
    }
    Value column = ops.unsqueeze("column", gradient, axis + 1L);
    Value more = ops.longs(step - 1);
    Value zeros = ops.pad("between", column, axis + 1, ops.longs(0), more, ops.scalar(0f));
    List<Value> target = new ArrayList<>();
    for (int i = 0; i < gradient.rank(); i++) {
      target.add(i < axis ? ops.longs(0) : i == axis ? ops.longs(-1) : length(ops, gradient, i));
    }
    return ops.op("spread", "Reshape", Map.of(), zeros, ops.concat("shape", 0, target));
  }

  /** Where the slice begins, on the axis or, going forwards, right behind it. */
  private static Value first(Node node, int index, Value whole, long step, Backward backward) {
    Ops ops = backward.ops(node);
    Value most = step > 0 ? whole : ops.sub("last", whole, ops.longs(1));
    Optional<long[]> known = constant(node, STARTS, backward);
    if (known.isPresent()) {
      long start = known.get()[index];
      Value end = ops.longs(start);
      Value fromFront = start < 0 ? ops.add("from_front", whole, end) : end;
      return start == 0 ? end : bounded(ops, fromFront, most);
    }
    Value starts = backward.input(node, STARTS);
    Value start = ops.slice("start", starts, 0, ops.longs(index), ops.longs(index + 1L));
    Value fromEnd = ops.add("from_front", whole, start);
    Value isFromEnd = ops.op("is_from_end", "Less", Map.of(), start, ops.longs(0));
    return bounded(ops, ops.op("first", "Where", Map.of(), isFromEnd, fromEnd, start), most);
  }

  private static Value bounded(Ops ops, Value start, Value most) {
    Value atLeast = ops.op("at_least", "Max", Map.of(), start, ops.longs(0));
    return ops.op("at_most", "Min", Map.of(), atLeast, most);
  }

  private static Value length(Ops ops, Value x, int axis) {
    Dim dim = x.shape().dim(axis);
    return dim.isFixed() ? ops.longs(dim.size()) : ops.dimension("length", x, axis);
  }

  private static Optional<long[]> constant(Node node, int index, Backward backward) {
    return backward.ops(node).builder().constant(node.input(index)).map(Tensor::toLongs);
  }
}
