package io.sparklrp.relevance.rule.activation;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/** x^c with a constant c of at least 1: ratio x^(c-1), derivative c x^(c-1). */
final class Power implements ActivationFunction {
  @Override
  public Value ratio(Ops ops, Node node, Value x, Value y) {
    Value exponent = ops.builder().value(node.input(1));
    Value less = ops.sub("exponent", exponent, ops.scalar(1f));
    return ops.op("ratio", "Pow", Map.of(), x, less);
  }

  @Override
  public Value derivative(Ops ops, Node node, Value x, Value y) {
    return ops.mul("derivative", ratio(ops, node, x, y), ops.builder().value(node.input(1)));
  }
}
