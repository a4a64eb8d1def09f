package io.sparklrp.relevance.rule.activation;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/**
 * GELU. Exact: x Phi(x), with ratio Phi(x) = (1 + erf(x / sqrt 2)) / 2. Its approximation by tanh:
 * x (1 + tanh u) / 2, u = sqrt(2 / pi) (x + 0.044715 x^3).
 */
final class Gelu implements ActivationFunction {
  private static final float CUBIC = 0.044715f;
  private static final float OUTER = (float) Math.sqrt(2 / Math.PI);

  @Override
  public Value ratio(Ops ops, Node node, Value x, Value y) {
    Value inner =
        isTanh(node)
            ? ops.unary("tanh", "Tanh", argument(ops, x))
            : ops.unary("erf", "Erf", ops.mul("root", x, ops.scalar((float) Math.sqrt(0.5))));
    Value sum = ops.add("one_more", inner, ops.scalar(1f));
    return ops.mul("phi", sum, ops.scalar(0.5f));
  }

  @Override
  public boolean isInputTimesRatio() {
    return true;
  }

  @Override
  public Value derivative(Ops ops, Node node, Value x, Value y) {
    Value ratio = ratio(ops, node, x, y);
    Value slope = isTanh(node) ? tanhSlope(ops, x, ratio) : density(ops, x);
    return ops.add("derivative", ratio, ops.mul("slope_part", x, slope));
  }

  private static boolean isTanh(Node node) {
    return node.text("approximate", "none").equals("tanh");
  }

  private static Value argument(Ops ops, Value x) {
    Value square = ops.mul("square", x, x);
    Value poly =
        ops.add("poly", ops.mul("cubic", square, ops.scalar(CUBIC * OUTER)), ops.scalar(OUTER));
    return ops.mul("argument", x, poly);
  }

  /** The standard normal density, Phi'(x). */
  private static Value density(Ops ops, Value x) {
    Value square = ops.mul("square", x, x);
    Value power = ops.unary("exp", "Exp", ops.mul("exponent", square, ops.scalar(-0.5f)));
    return ops.mul("density", power, ops.scalar((float) (1 / Math.sqrt(2 * Math.PI))));
  }

  /** With p = (1 + tanh u) / 2: p' = 2 p (1 - p) u'. */
  private static Value tanhSlope(Ops ops, Value x, Value ratio) {
    Value square = ops.mul("square", x, x);
    Value poly =
        ops.add(
            "inner_slope",
            ops.mul("cubic", square, ops.scalar(6 * CUBIC * OUTER)),
            ops.scalar(2 * OUTER));
    Value rest = ops.sub("rest", ops.scalar(1f), ratio);
    return ops.mul("tanh_slope", ops.mul("bell", ratio, rest), poly);
  }
}
