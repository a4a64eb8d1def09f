package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/**
 * GatherND of activations by indices that do not depend on the embeddings: each gradient is added
 * where its elements came from.
 */
public final class GatherRowsRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    if (node.integer("batch_dims", 0) != 0) {
      throw new IllegalArgumentException(
          "Cannot send relevance through node " + node.name() + ": batch_dims has no rule.");
    }
    Ops ops = backward.ops(node);
    Map<String, Attribute> adding = Map.of("reduction", Attribute.of("add"));
    Value zeros = Zeros.like(ops.in("data"), backward.input(node, 0));
    Value indices = backward.input(node, 1);
    backward.toInput(
        node, 0, ops.op("scattered", "ScatterND", adding, zeros, indices, backward.gradient(node)));
  }
}
