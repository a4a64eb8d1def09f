package io.sparklrp.relevance.rule.activation;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/**
 * exp(x), exp(0) = 1: ratio (exp(x) - 1) / x, which is exp(x/2) sinh(x/2) / (x/2) and near 0 taken
 * from its series.
 */
final class Exponential implements ActivationFunction {
  private static final float NEAR = 1e-2f;

  @Override
  public Value ratio(Ops ops, Node node, Value x, Value y) {
    Value near =
        ops.op("is_near", "Less", Map.of(), ops.unary("distance", "Abs", x), ops.scalar(NEAR));
    Value divisor = ops.op("divisor", "Where", Map.of(), near, ops.scalar(1f), x);
    Value quotient = ops.div("quotient", ops.sub("rise", y, ops.scalar(1f)), divisor);
    return ops.op("ratio", "Where", Map.of(), near, series(ops, x), quotient);
  }

  /** 1 + x/2 (1 + x/3 (1 + x/4)). */
  private static Value series(Ops ops, Value x) {
    Value sum = ops.scalar(1f);
    for (float n = 4; n >= 2; n--) {
      Value term = ops.mul("term", ops.mul("part", x, ops.scalar(1f / n)), sum);
      sum = ops.add("series", term, ops.scalar(1f));
    }
    return sum;
  }

  @Override
  public Value derivative(Ops ops, Node node, Value x, Value y) {
    return y;
  }

  @Override
  public float atZero() {
    return 1f;
  }
}
