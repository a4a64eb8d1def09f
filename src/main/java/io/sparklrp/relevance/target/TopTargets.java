package io.sparklrp.relevance.target;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * The outputs with the highest logits, highest first.
 *
 * @param count how many
 */
public record TopTargets(long count) implements Targets {
  @Override
  public boolean areSeveral() {
    return true;
  }

  @Override
  public Chosen choose(Ops ops, Value logits) {
    Value flat = logits.rank() == 2 ? logits : ops.reshape("flat", logits, 0, -1);
    Value all = ops.dimension("outputs", flat, 1);
    Dim outputs = flat.shape().dim(1);
    Value wanted =
        outputs.isFixed()
            ? ops.longs(Math.min(count, outputs.size()))
            : ops.binary("wanted", "Min", all, ops.longs(count));
    Value index = HighestOutputs.of(ops, flat, wanted);
    Value byTarget = ops.transpose("by_target", index, List.of(1L, 0L));
    Value parts = ops.unsqueeze("parts", byTarget, 2);
    return new Chosen(parts, HighestOutputs.ones(ops, parts));
  }
}
