package io.sparklrp.relevance.rule.activation;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** x sigmoid(a x), ratio sigmoid(a x); SiLU is a = 1. */
final class QuickGelu implements ActivationFunction {
  @Override
  public Value ratio(Ops ops, Node node, Value x, Value y) {
    float alpha = node.decimal("alpha", 1.702f);
    return ops.unary("gate", "Sigmoid", ops.mul("scaled_input", x, ops.scalar(alpha)));
  }

  @Override
  public boolean isInputTimesRatio() {
    return true;
  }

  @Override
  public Value derivative(Ops ops, Node node, Value x, Value y) {
    float alpha = node.decimal("alpha", 1.702f);
    Value gate = ratio(ops, node, x, y);
    Value rest = ops.sub("rest", ops.scalar(1f), gate);
    Value slope = ops.mul("slope", ops.mul("output_rest", y, rest), ops.scalar(alpha));
    return ops.add("derivative", gate, slope);
  }
}
