package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** Softmax with its true gradient: P (G - sum P G). */
public final class SoftmaxGradientRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Value weights = backward.output(node);
    long axis = node.attributes().get("axis") instanceof Attribute.LongValue set ? set.value() : -1;
    Value weighted = ops.mul("weighted", weights, backward.gradient(node));
    Value total = ops.reduceSum("total", weighted, true, axis);
    backward.toInput(node, 0, ops.sub("centred", weighted, ops.mul("mean", weights, total)));
  }
}
