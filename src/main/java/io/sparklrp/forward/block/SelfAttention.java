package io.sparklrp.forward.block;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * Multi-head attention of a sequence to itself.
 *
 * @param heads number of query heads
 * @param groups number of key and value heads, each for as many query heads; equal to heads in most
 * @param size size of a head
 * @param scale factor of the scores
 * @param cap largest absolute score, c tanh(score / c); 0 for none
 */
public record SelfAttention(long heads, long groups, long size, double scale, double cap) {
  private static final List<Long> SWAP_SEQUENCE_AND_HEADS = List.of(0L, 2L, 1L, 3L);
  private static final List<Long> HEADS_OF_GROUPS_FIRST = List.of(0L, 2L, 3L, 1L, 4L);
  private static final List<Long> SEQUENCE_FIRST = List.of(0L, 3L, 1L, 2L, 4L);

  /**
   * Attention as in most encoders: as many keys as queries, scaled by the root of a head's size.
   */
  public static SelfAttention of(long hidden, long heads) {
    return new SelfAttention(heads, heads, hidden / heads, Math.sqrt((double) heads / hidden), 0);
  }

  /**
   * softmax(scale Q K' + what is added) V, the heads side by side.
   *
   * @param query [batch, sequence, heads * size]; key and value [batch, sequence, groups * size]
   * @param added to the scores, each broadcast to [batch, heads, sequence, sequence]
   * @return [batch, sequence, heads * size]
   */
  public Value apply(Ops ops, Value query, Value key, Value value, List<Value> added) {
    return heads == groups
        ? byHead(ops, query, key, value, added)
        : byGroup(ops, query, key, value, added);
  }

  private Value byHead(Ops ops, Value query, Value key, Value value, List<Value> added) {
    Value q = split(ops.in("query_heads"), query);
    Value k = split(ops.in("key_heads"), key);
    Value v = split(ops.in("value_heads"), value);
    Value context = context(ops, q, k, v, added);
    Value rows = ops.transpose("context_rows", context, SWAP_SEQUENCE_AND_HEADS);
    return ops.reshape("merged", rows, 0, 0, heads * size);
  }

  /** One axis for groups, one for the heads of each: keys and values are broadcast along it. */
  private Value byGroup(Ops ops, Value query, Value key, Value value, List<Value> added) {
    long each = heads / groups;
    Ops queries = ops.in("query_heads");
    Value q =
        queries.transpose(
            "by_group",
            queries.reshape("split", query, 0, 0, groups, each, size),
            HEADS_OF_GROUPS_FIRST);
    Value k = ops.unsqueeze("key_groups", split(ops.in("key_heads"), key), 2);
    Value v = ops.unsqueeze("value_groups", split(ops.in("value_heads"), value), 2);
    List<Value> byGroup = added.stream().map(part -> grouped(ops, part, each)).toList();
    Value rows = ops.transpose("context_rows", context(ops, q, k, v, byGroup), SEQUENCE_FIRST);
    return ops.reshape("merged", rows, 0, 0, heads * size);
  }

  /** What is added to scores by head, for scores by group and head. */
  private Value grouped(Ops ops, Value added, long each) {
    return added.shape().dim(1).isOne()
        ? ops.unsqueeze("added_groups", added, 1)
        : ops.reshape("added_groups", added, 0, groups, each, -1, 0);
  }

  private Value context(Ops ops, Value q, Value k, Value v, List<Value> added) {
    Value scores = ops.fusedMatMul("scores", q, false, k, true, (float) scale);
    if (cap != 0) {
      Value small = ops.div("small_scores", scores, ops.scalar((float) cap));
      Value bent = ops.unary("bent_scores", "Tanh", small);
      scores = ops.mul("capped_scores", bent, ops.scalar((float) cap));
    }
    for (Value part : added) {
      scores = ops.add("masked_scores", scores, part);
    }
    return ops.matMul("context", ops.softmax("weights", scores), v);
  }

  private Value split(Ops ops, Value x) {
    long parts = x.shape().dim(-1).size() / size;
    return ops.transpose(
        "by_head", ops.reshape("split", x, 0, 0, parts, size), SWAP_SEQUENCE_AND_HEADS);
  }
}
