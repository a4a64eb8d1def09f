package io.sparklrp.relevance.target;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;

/**
 * The predicted class of every token that is an entity: of each word's token whose highest logit is
 * not that of the class for "none". A record has as many targets as the one with most entities;
 * those that it does not have have weight 0.
 *
 * @param none the class of tokens that are no entity; -1 where all are
 */
public record EntityTargets(long none) implements Targets {
  /**
   * Name of the input that is 1 for tokens of the text and 0 for others, int64 [batch, sequence].
   */
  public static final String WORD_MASK = "word_mask";

  /** Above any position of a token, and with it still exact in float32. */
  private static final float FIRST = 8_000_000f;

  @Override
  public boolean areSeveral() {
    return true;
  }

  @Override
  public Chosen choose(Ops ops, Value logits) {
    Shape shape = Shape.of(logits.shape().dim(0), logits.shape().dim(1));
    Value words = ops.builder().input(WORD_MASK, DataType.INT64, shape);
    Map<String, Attribute> attributes =
        Map.of("axis", Attribute.of(-1L), "keepdims", Attribute.of(0L));
    Value classes = ops.op("classes", "ArgMax", attributes, logits);
    Value isNone = ops.binary("is_none", "Equal", classes, ops.integer(none));
    Value some = ops.cast("some", ops.unary("is_some", "Not", isNone), DataType.INT64);
    Value entity = ops.mul("entity", some, words);
    Value places = places(ops, entity);
    Value first = ops.mul("first_outputs", places, ops.integer(logits.shape().dim(2).size()));
    Value index = ops.add("outputs", classes, first);
    Value found = inOrder(ops, places, entity);
    Value weight = ops.cast("entity_weight", entity, DataType.FLOAT32);
    return new Chosen(byTarget(ops, index, found), byTarget(ops, weight, found));
  }

  /** The position of each token. */
  private static Value places(Ops ops, Value entity) {
    Value zeros = ops.mul("zeros", entity, ops.integer(0));
    Value ones = ops.add("ones", zeros, ops.integer(1));
    return ops.sub("places", ops.cumulativeSum("counted", ones, 1), ops.integer(1));
  }

  /** Entities first, in the order of the text, as many as the record with most of them has. */
  private static Value inOrder(Ops ops, Value places, Value entity) {
    Value counts = ops.reduceSum("counts", entity, false, 1);
    Value most = ops.op("most", "ReduceMax", Map.of("keepdims", Attribute.of(1L)), counts);
    Value atLeastOne = ops.binary("targets", "Max", most, ops.longs(1));
    Value place = ops.cast("float_places", places, DataType.FLOAT32);
    Value weight = ops.cast("float_entity", entity, DataType.FLOAT32);
    Value order = ops.sub("order", ops.mul("entities_first", weight, ops.scalar(FIRST)), place);
    return HighestOutputs.of(ops, order, atLeastOne);
  }

  private static Value byTarget(Ops ops, Value values, Value found) {
    Value picked =
        ops.op("picked", "GatherElements", Map.of("axis", Attribute.of(1L)), values, found);
    return ops.unsqueeze("parts", ops.transpose("by_target", picked, List.of(1L, 0L)), 2);
  }
}
