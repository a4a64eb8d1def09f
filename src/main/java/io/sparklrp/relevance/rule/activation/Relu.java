package io.sparklrp.relevance.rule.activation;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/** max(x, 0): derivative and ratio are the step, 0 at 0. */
final class Relu implements ActivationFunction {
  @Override
  public Value ratio(Ops ops, Node node, Value x, Value y) {
    Value positive = ops.op("positive", "Greater", Map.of(), x, ops.scalar(0f));
    return ops.cast("step", positive, DataType.FLOAT32);
  }

  @Override
  public Value derivative(Ops ops, Node node, Value x, Value y) {
    return ratio(ops, node, x, y);
  }
}
