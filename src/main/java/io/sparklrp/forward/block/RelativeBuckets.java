package io.sparklrp.forward.block;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * Relative positions in buckets, near ones by themselves and far ones together, in both directions
 * (Raffel et al. 2020, T5): a learned number for each bucket and head is added to the scores.
 *
 * @param buckets number of buckets
 * @param farthest distance from which on all are in one bucket
 */
public record RelativeBuckets(int buckets, int farthest) {
  private static final List<Long> HEADS_FIRST = List.of(0L, 3L, 1L, 2L);

  /**
   * What is added to the scores.
   *
   * @param ops writes the operators
   * @param tokens int64 [batch, sequence]
   * @param table float [buckets, heads]
   * @return [1, heads, sequence, sequence]
   */
  public Value bias(Ops ops, Value tokens, Value table) {
    Value positions = Positions.range(ops, tokens);
    Value distance =
        ops.sub(
            "key_less_query",
            ops.unsqueeze("keys", positions, 1),
            ops.unsqueeze("queries", positions, 2));
    Value least = ops.integer(-farthest);
    Value low =
        ops.where("not_below", ops.binary("below", "Less", distance, least), least, distance);
    Value most = ops.integer(farthest);
    Value near = ops.where("not_above", ops.binary("above", "Greater", low, most), most, low);
    Value byDistance = ops.gather("by_distance", table, bucketsByDistance(ops), 0);
    Value index = ops.sub("index", near, least);
    return ops.transpose("by_head", ops.gather("biases", byDistance, index, 0), HEADS_FIRST);
  }

  /** The bucket of each distance from -farthest to farthest. */
  private Value bucketsByDistance(Ops ops) {
    long[] all = new long[2 * farthest + 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = bucket(i - farthest);
    }
    String name = String.format("const.buckets.%d_%d", buckets, farthest);
    return ops.builder().shared(name, Tensor.vector(all));
  }

  /**
   * The bucket of a key that is that far behind its query, in float32 as in Hugging Face's code.
   */
  int bucket(int keyLessQuery) {
    int half = buckets / 2;
    int side = keyLessQuery > 0 ? half : 0;
    int distance = Math.abs(keyLessQuery);
    int exact = half / 2;
    if (distance < exact) {
      return side + distance;
    }
    float share =
        (float) Math.log((float) distance / exact)
            / (float) Math.log((double) farthest / exact)
            * (half - exact);
    return side + Math.min(half - 1, exact + (int) share);
  }
}
