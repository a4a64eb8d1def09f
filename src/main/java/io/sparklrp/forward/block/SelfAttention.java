package io.sparklrp.forward.block;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;

/** Multi-head attention of a sequence to itself. */
public final class SelfAttention {
  private static final List<Long> SWAP_SEQUENCE_AND_HEADS = List.of(0L, 2L, 1L, 3L);

  private SelfAttention() {}

  /**
   * softmax(Q K' / sqrt(d_k) + mask) V, the heads side by side.
   *
   * @param ops writes the operators
   * @param query [batch, sequence, hidden], likewise key and value
   * @param mask added to the scores, broadcast to [batch, heads, sequence, sequence]
   * @return [batch, sequence, hidden]
   */
  public static Value apply(Ops ops, Value query, Value key, Value value, Value mask, long heads) {
    long hidden = query.shape().dim(-1).size();
    float scale = (float) (1 / Math.sqrt((double) hidden / heads));
    Value q = split(ops.in("query_heads"), query, heads);
    Value k = split(ops.in("key_heads"), key, heads);
    Value v = split(ops.in("value_heads"), value, heads);
    Value scores =
        ops.add("masked_scores", ops.fusedMatMul("scores", q, false, k, true, scale), mask);
    Value weights = ops.softmax("weights", scores);
    Value context = ops.matMul("context", weights, v);
    Value rows = ops.transpose("context_rows", context, SWAP_SEQUENCE_AND_HEADS);
    return ops.reshape("merged", rows, 0, 0, hidden);
  }

  private static Value split(Ops ops, Value x, long heads) {
    long size = x.shape().dim(-1).size() / heads;
    return ops.transpose(
        "by_head", ops.reshape("split", x, 0, 0, heads, size), SWAP_SEQUENCE_AND_HEADS);
  }
}
