package io.sparklrp.relevance.rule;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** ReduceSum and ReduceMean: every summand gets the gradient, of a mean divided by their number. */
public final class ReductionRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    Reductions reductions = new Reductions(node, backward);
    Value share = backward.gradient(node);
    if (node.op().equals("ReduceMean")) {
      share = backward.ops(node).div("share", share, count(node, reductions.axes(), backward));
    }
    backward.toInput(node, 0, reductions.spread("spread", share));
  }

  /** How many elements a mean is of. */
  private static Value count(Node node, long[] axes, Backward backward) {
    Ops ops = backward.ops(node);
    Value x = backward.input(node, 0);
    long fixed = 1;
    Value count = null;
    for (long axis : axes) {
      Dim dim = x.shape().dim((int) axis);
      if (dim.isFixed()) {
        fixed *= dim.size();
      } else {
        Value length = ops.cast("number", ops.dimension("length", x, (int) axis), DataType.FLOAT32);
        count = count == null ? length : ops.mul("count", count, length);
      }
    }
    Value known = ops.scalar((float) fixed);
    return count == null ? known : ops.mul("all", count, known);
  }
}
