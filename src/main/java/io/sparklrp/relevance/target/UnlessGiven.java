package io.sparklrp.relevance.target;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/**
 * Targets that the model chooses, unless they come with the record: one graph for a first run, in
 * which each part of a document chooses by itself, and for a second one, in which those that chose
 * otherwise than the whole document are told its choice.
 *
 * @param own what is chosen where nothing is given
 */
public record UnlessGiven(Targets own) implements Targets {
  /**
   * Name of the input of given targets, int64 of the shape of what is chosen: an output, or a
   * negative number for the model's own choice.
   */
  public static final String GIVEN_INDEX = "given_index";

  @Override
  public boolean areSeveral() {
    return own.areSeveral();
  }

  @Override
  public Chosen choose(Ops ops, Value logits) {
    Chosen found = own.choose(ops, logits);
    Value given = ops.builder().input(GIVEN_INDEX, DataType.INT64, found.index().shape());
    Value isOwn = ops.binary("is_own", "Less", given, ops.integer(0));
    return new Chosen(ops.where("chosen_or_given", isOwn, found.index(), given), found.weight());
  }
}
