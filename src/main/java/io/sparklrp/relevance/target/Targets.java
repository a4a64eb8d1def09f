package io.sparklrp.relevance.target;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** Which outputs of each record are explained: given with it, or chosen by what the model says. */
public interface Targets {
  /**
   * What was chosen: the weights of some outputs in the score.
   *
   * @param index int64 [batch, parts], or [targets, batch, parts] of several: outputs of a record,
   *     counted one after the other
   * @param weight float, of the same shape; 0 where there is nothing
   */
  record Chosen(Value index, Value weight) {}

  /** Whether there can be several targets for a record. */
  boolean areSeveral();

  /** Whether they come as inputs of the graph. */
  default boolean areGiven() {
    return false;
  }

  /**
   * Writes the choice.
   *
   * @param logits the model's outputs, float [batch, outputs] or [batch, sequence, outputs]
   */
  Chosen choose(Ops ops, Value logits);
}
