package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;

/**
 * The first rows of one axis (Slice from 0 with a known end): the gradient is padded with zeros
 * behind them.
 */
public final class SliceRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Value x = backward.input(node, 0);
    int axis = x.shape().axis(constant(node, 3, backward)[0]);
    Dim kept = backward.output(node).shape().dim(axis);
    if (constant(node, 3, backward).length != 1
        || constant(node, 1, backward)[0] != 0
        || !kept.isFixed()) {
      throw new IllegalArgumentException(
          "Cannot send relevance through node "
              + node.name()
              + ": only a slice of first rows has a rule.");
    }
    Value behind = ops.sub("behind", ops.dimension("length", x, axis), ops.longs(kept.size()));
    Value pads = ops.concat("pads", 0, List.of(ops.longs(0), behind));
    Value zero = ops.scalar(0f);
    Value padded =
        ops.op("padded", "Pad", Map.of(), backward.gradient(node), pads, zero, ops.longs(axis));
    backward.toInput(node, 0, padded);
  }

  private static long[] constant(Node node, int index, Backward backward) {
    return backward
        .ops(node)
        .builder()
        .constant(node.input(index))
        .map(Tensor::toLongs)
        .orElseThrow();
  }
}
