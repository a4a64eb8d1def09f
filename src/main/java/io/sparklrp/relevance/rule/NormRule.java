package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/** ReduceL2 with its gradient, G x / |x|, and 0 where the norm is 0. */
public final class NormRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Reductions reductions = new Reductions(node, backward);
    Value norm = reductions.kept("norm", backward.output(node));
    Value isZero = ops.op("is_zero", "Equal", Map.of(), norm, ops.scalar(0f));
    Value divisor = ops.op("divisor", "Where", Map.of(), isZero, ops.scalar(1f), norm);
    Value unit = ops.div("unit", backward.input(node, 0), divisor);
    Value gradient = reductions.kept("gradient", backward.gradient(node));
    backward.toInput(node, 0, ops.mul("sent", unit, gradient));
  }
}
