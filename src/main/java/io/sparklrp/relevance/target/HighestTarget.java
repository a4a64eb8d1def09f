package io.sparklrp.relevance.target;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/** The output with the highest logit, of outputs [batch, classes]. */
public record HighestTarget() implements Targets {
  @Override
  public boolean areSeveral() {
    return false;
  }

  @Override
  public Chosen choose(Ops ops, Value logits) {
    Map<String, Attribute> attributes =
        Map.of("axis", Attribute.of(-1L), "keepdims", Attribute.of(1L));
    Value index = ops.op("highest", "ArgMax", attributes, logits);
    return new Chosen(index, HighestOutputs.ones(ops, index));
  }
}
