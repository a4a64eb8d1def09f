package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/**
 * Softmax whose way back is that of a flatter one (Edin et al. 2025): with P2 = softmax(S / T), the
 * scores S get P2 (G - sum P2 G), without the factor 1 / T of its own derivative.
 */
public final class TemperedSoftmaxRule implements Rule {
  private final float temperature;

  /** A rule of a temperature: 1 is the plain gradient. */
  public TemperedSoftmaxRule(float temperature) {
    this.temperature = temperature;
  }

  @Override
  public String name() {
    return "softmax gradient at temperature " + temperature;
  }

  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    long axis = node.integer("axis", -1);
    Value cooled = ops.mul("cooled", backward.input(node, 0), ops.scalar(1 / temperature));
    Value weights = ops.op("tempered", "Softmax", Map.of("axis", Attribute.of(axis)), cooled);
    Value weighted = ops.mul("weighted", weights, backward.gradient(node));
    Value total = ops.reduceSum("total", weighted, true, axis);
    backward.toInput(node, 0, ops.sub("centred", weighted, ops.mul("mean", weights, total)));
  }
}
