package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;

/**
 * Pad of one axis behind its last element with a constant: the gradient of what was there goes
 * back; the constant, which is additive, is booked.
 */
public final class PadRule implements Rule {
  private static final int PADS = 1;
  private static final int CONSTANT = 2;
  private static final int AXES = 3;

  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    long[] pads = longs(node, PADS, ops);
    long[] axes = longs(node, AXES, ops);
    if (pads.length != 2 || axes.length != 1 || pads[0] != 0 || pads[1] <= 0) {
      throw new IllegalArgumentException(
          "Cannot send relevance through node "
              + node.name()
              + ": only padding behind one axis has a rule.");
    }
    Value gradient = backward.gradient(node);
    int axis = gradient.shape().axis(axes[0]);
    Value border = ops.longs(-pads[1]);
    Value kept = ops.slice("kept", gradient, axis, ops.longs(0), border);
    Value added = ops.slice("added", gradient, axis, border, ops.longs(Long.MAX_VALUE));
    backward.toInput(node, 0, kept);
    backward.constant(node, backward.input(node, CONSTANT), added);
  }

  private static long[] longs(Node node, int index, Ops ops) {
    return ops.builder().constant(node.input(index)).map(Tensor::toLongs).orElseThrow();
  }
}
