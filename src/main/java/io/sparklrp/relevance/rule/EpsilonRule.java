package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/**
 * LRP-epsilon: what is small is absorbed. The gradient is W' (G z / (z + epsilon sign z)), with the
 * sign of 0 taken for 1; what it absorbs, z G less z times that, is an entry of its own.
 */
public final class EpsilonRule extends LayerRule {
  /** The ledger's entry of what is absorbed. */
  public static final String ENTRY = "epsilon";

  private final float epsilon;

  /** A rule that absorbs so much. */
  public EpsilonRule(float epsilon) {
    this.epsilon = epsilon;
  }

  @Override
  public String name() {
    return "linear: epsilon " + epsilon;
  }

  @Override
  void propagate(Node node, Backward backward, Layer layer) {
    Ops ops = backward.ops(node).in("epsilon");
    Value gradient = backward.gradient(node);
    Value z = layer.output();
    Value isNegative = ops.op("is_negative", "Less", Map.of(), z, ops.scalar(0f));
    Value pushed = ops.where("pushed", isNegative, ops.scalar(-epsilon), ops.scalar(epsilon));
    Value share = ops.div("share", z, ops.add("stabilised", z, pushed));
    Value weighed = ops.mul("weighed", gradient, share);
    layer
        .bias()
        .ifPresent(bias -> backward.constant(backward.bias(node).orElse(node), bias, weighed));
    backward.absorbed(node, ENTRY, ops.sub("absorbed", gradient, weighed), z);
    send(node, backward, layer.weight(), weighed);
  }
}
