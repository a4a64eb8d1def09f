package io.sparklrp.relevance.rule.activation;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/** s(x) = 1 / (1 + exp(-x)), s(0) = 1/2: ratio (s(x) - 1/2) / x = tanh(x / 2) / (2 x), 1/4 at 0. */
final class Sigmoid implements ActivationFunction {
  @Override
  public Value ratio(Ops ops, Node node, Value x, Value y) {
    Value zero = ops.op("is_zero", "Equal", Map.of(), x, ops.scalar(0f));
    Value divisor = ops.op("divisor", "Where", Map.of(), zero, ops.scalar(1f), x);
    Value half = ops.mul("half", x, ops.scalar(0.5f));
    Value centred = ops.mul("centred", ops.unary("tanh", "Tanh", half), ops.scalar(0.5f));
    return ops.op(
        "ratio", "Where", Map.of(), zero, ops.scalar(0.25f), ops.div("quotient", centred, divisor));
  }

  @Override
  public Value derivative(Ops ops, Node node, Value x, Value y) {
    return ops.mul("derivative", y, ops.sub("rest", ops.scalar(1f), y));
  }

  @Override
  public float atZero() {
    return 0.5f;
  }
}
