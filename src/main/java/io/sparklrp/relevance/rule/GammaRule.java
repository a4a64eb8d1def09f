package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Optional;

/**
 * LRP-gamma: what speaks for an output counts more. With z' = (W + gamma W+) x + b + gamma b+ the
 * gradient is (W + gamma W+)' (G z / z'), and G where z' is 0; the layer's bias, b + gamma b+, is
 * booked, so that it conserves.
 */
public final class GammaRule extends LayerRule {
  private final float gamma;

  /** A rule that adds so much of what is positive. */
  public GammaRule(float gamma) {
    this.gamma = gamma;
  }

  @Override
  public String name() {
    return "linear: gamma " + gamma;
  }

  @Override
  void propagate(Node node, Backward backward, Layer layer) {
    Ops ops = backward.ops(node).in("gamma");
    Value gradient = backward.gradient(node);
    Value weight = favoured(ops.in("weight"), layer.weight());
    Optional<Value> bias = layer.bias().map(some -> favoured(ops.in("bias"), some));
    Value output = output(node, backward, weight, bias);
    Value one = ops.scalar(1f);
    Value ratio = ops.div("ratio", layer.output(), unlessZero(ops, output, one, output));
    Value weighed = ops.mul("weighed", gradient, unlessZero(ops.in("factor"), output, one, ratio));
    bias.ifPresent(some -> backward.constant(backward.bias(node).orElse(node), some, weighed));
    send(node, backward, weight, weighed);
  }

  private Value favoured(Ops ops, Value number) {
    Value positive = ops.unary("positive", "Relu", number);
    return ops.add("favoured", number, ops.mul("share", positive, ops.scalar(gamma)));
  }
}
