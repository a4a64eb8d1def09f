package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** 1 / x with its gradient, -G y y: a normalising factor that is not held constant. */
public final class ReciprocalRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Value y = backward.output(node);
    Value slope = ops.unary("slope", "Neg", ops.mul("square", y, y));
    backward.toInput(node, 0, ops.mul("sent", backward.gradient(node), slope));
  }
}
