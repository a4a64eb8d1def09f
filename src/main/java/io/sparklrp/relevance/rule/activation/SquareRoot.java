package io.sparklrp.relevance.rule.activation;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/** sqrt(x): ratio 1 / sqrt(x), derivative half of it; 0 at 0, where they have no limit. */
final class SquareRoot implements ActivationFunction {
  @Override
  public Value ratio(Ops ops, Node node, Value x, Value y) {
    Value zero = ops.op("is_zero", "Equal", Map.of(), y, ops.scalar(0f));
    Value divisor = ops.op("divisor", "Where", Map.of(), zero, ops.scalar(1f), y);
    Value inverse = ops.unary("inverse", "Reciprocal", divisor);
    return ops.op("ratio", "Where", Map.of(), zero, ops.scalar(0f), inverse);
  }

  @Override
  public Value derivative(Ops ops, Node node, Value x, Value y) {
    return ops.mul("derivative", ratio(ops, node, x, y), ops.scalar(0.5f));
  }
}
