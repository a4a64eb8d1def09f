package io.sparklrp.relevance.rule.activation;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** What a rule needs to know of an activation function f. */
public interface ActivationFunction {
  /**
   * f'(x), element by element.
   *
   * @param ops writes the operators
   * @param node the activation's node
   * @param x its input
   * @param y its output, f(x)
   */
  Value derivative(Ops ops, Node node, Value x, Value y);

  /** (f(x) - f(0)) / x, element by element, with its limit at 0; never NaN or Inf. */
  Value ratio(Ops ops, Node node, Value x, Value y);

  /**
   * Whether f(x) is best computed as x times the ratio once the ratio is there: it needs no y, and
   * f(0) is 0.
   */
  default boolean isInputTimesRatio() {
    return false;
  }

  /** f(0). */
  default float atZero() {
    return 0f;
  }
}
