package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/**
 * GatherElements, which picks elements along an axis: each element's gradient is added up where it
 * came from.
 */
public final class GatherElementsRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Value data = backward.input(node, 0);
    Value zeros = ops.mul("zeros", data, ops.scalar(0f));
    Map<String, Attribute> attributes =
        Map.of(
            "axis", Attribute.of(node.integer("axis", 0)),
            "reduction", Attribute.of("add"));
    Value indices = backward.input(node, 1);
    backward.toInput(
        node,
        0,
        ops.op(
            "scattered", "ScatterElements", attributes, zeros, indices, backward.gradient(node)));
  }
}
