package io.sparklrp.relevance.target;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/**
 * Targets that come with the records, as inputs of the graph.
 *
 * @param areSeveral whether a record has several
 */
public record GivenTargets(boolean areSeveral) implements Targets {
  @Override
  public boolean areGiven() {
    return true;
  }

  @Override
  public Chosen choose(Ops ops, Value logits) {
    throw new UnsupportedOperationException("Given targets are not chosen.");
  }
}
