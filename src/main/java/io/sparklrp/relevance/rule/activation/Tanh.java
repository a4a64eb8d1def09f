package io.sparklrp.relevance.rule.activation;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/** tanh(x): derivative 1 - tanh(x)^2, ratio tanh(x) / x, 1 at 0. */
final class Tanh implements ActivationFunction {
  @Override
  public Value ratio(Ops ops, Node node, Value x, Value y) {
    Value zero = ops.op("is_zero", "Equal", Map.of(), x, ops.scalar(0f));
    Value divisor = ops.op("divisor", "Where", Map.of(), zero, ops.scalar(1f), x);
    return ops.op(
        "ratio", "Where", Map.of(), zero, ops.scalar(1f), ops.div("quotient", y, divisor));
  }

  @Override
  public Value derivative(Ops ops, Node node, Value x, Value y) {
    return ops.sub("derivative", ops.scalar(1f), ops.mul("square", y, y));
  }
}
