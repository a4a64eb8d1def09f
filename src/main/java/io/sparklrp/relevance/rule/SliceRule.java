package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Slice with step 1 along any axes: the gradient goes back to its place, with zeros before and
 * behind it.
 */
public final class SliceRule implements Rule {
  private static final int STARTS = 1;
  private static final int AXES = 3;
  private static final int STEPS = 4;

  @Override
  public void propagate(Node node, Backward backward) {
    refuseSteps(node, backward);
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

  private static void refuseSteps(Node node, Backward backward) {
    if (node.hasInput(STEPS)
        && !constant(node, STEPS, backward)
            .map(steps -> Arrays.stream(steps).allMatch(step -> step == 1))
            .orElse(false)) {
      throw new IllegalArgumentException(
          "Cannot send relevance through node "
              + node.name()
              + ": only a slice with step 1 has a rule.");
    }
  }

  private static Value padded(
      Node node, int index, long[] axes, Value gradient, Backward backward) {
    Ops ops = backward.ops(node);
    Value x = backward.input(node, 0);
    int axis = x.shape().axis(axes[index]);
    Value whole = length(ops, x, axis);
    Value kept = length(ops, gradient, axis);
    Value before = before(node, index, whole, backward);
    Value behind = ops.sub("behind", ops.sub("rest", whole, kept), before);
    Value pads = ops.concat("pads", 0, List.of(before, behind));
    return ops.op("padded", "Pad", Map.of(), gradient, pads, ops.scalar(0f), ops.longs(axis));
  }

  /** Where the slice begins, between 0 and the axis's length. */
  private static Value before(Node node, int index, Value whole, Backward backward) {
    Ops ops = backward.ops(node);
    Optional<long[]> known = constant(node, STARTS, backward);
    if (known.isPresent()) {
      long start = known.get()[index];
      Value end = ops.longs(start);
      Value fromFront = start < 0 ? ops.add("from_front", whole, end) : end;
      return start == 0 ? end : bounded(ops, fromFront, whole);
    }
    Value starts = backward.input(node, STARTS);
    Value start = ops.slice("start", starts, 0, ops.longs(index), ops.longs(index + 1L));
    Value fromEnd = ops.add("from_front", whole, start);
    Value isFromEnd = ops.op("is_from_end", "Less", Map.of(), start, ops.longs(0));
    return bounded(ops, ops.op("first", "Where", Map.of(), isFromEnd, fromEnd, start), whole);
  }

  private static Value bounded(Ops ops, Value start, Value whole) {
    Value atLeast = ops.op("at_least", "Max", Map.of(), start, ops.longs(0));
    return ops.op("at_most", "Min", Map.of(), atLeast, whole);
  }

  private static Value length(Ops ops, Value x, int axis) {
    Dim dim = x.shape().dim(axis);
    return dim.isFixed() ? ops.longs(dim.size()) : ops.dimension("length", x, axis);
  }

  private static Optional<long[]> constant(Node node, int index, Backward backward) {
    return backward.ops(node).builder().constant(node.input(index)).map(Tensor::toLongs);
  }
}
