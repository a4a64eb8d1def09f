package io.sparklrp.forward.block;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;

/**
 * DeBERTa's attention (He et al. 2021, section 3.1; 2023): to the scores of contents it adds those
 * of contents with relative positions, both ways. The vectors of positions are parameters, so these
 * terms are linear in the tokens.
 *
 * @param hidden size of a row
 * @param heads number of heads
 * @param positions most tokens
 * @param farthest largest relative position
 * @param buckets relative positions beyond half as many are put together by their logarithm; 0 for
 *     none
 * @param contentToPosition whether queries meet the keys' relative positions
 * @param positionToContent whether keys meet the queries' relative positions
 * @param sharesProjections whether positions use the contents' projections
 */
public record DisentangledAttention(
    long hidden,
    long heads,
    int positions,
    int farthest,
    int buckets,
    boolean contentToPosition,
    boolean positionToContent,
    boolean sharesProjections) {
  private static final List<Long> SWAP_SEQUENCE_AND_HEADS = List.of(0L, 2L, 1L, 3L);
  private static final List<Long> SWAP_LAST = List.of(0L, 1L, 3L, 2L);

  /** Whether positions take part in the scores. */
  public boolean isRelative() {
    return contentToPosition || positionToContent;
  }

  /** Relative positions reach from -span to span - 1. */
  public int span() {
    return buckets > 0 ? buckets : farthest;
  }

  private long size() {
    return hidden / heads;
  }

  /**
   * Attention without relative positions.
   *
   * @param terms by how many terms of scores they are scaled down, though there is one
   */
  public Value plain(Block block, Value x, Value mask, int terms) {
    double scale = 1 / Math.sqrt((double) size() * terms);
    return new SelfAttention((int) heads, (int) heads, (int) size(), scale, 0)
        .apply(
            block.ops(),
            projected(block, "query_proj", x),
            projected(block, "key_proj", x),
            projected(block, "value_proj", x),
            List.of(mask));
  }

  /**
   * Attention.
   *
   * @param block the module of the projections
   * @param x [batch, sequence, hidden]
   * @param relative vectors of relative positions, [2 * span, hidden]
   * @param tokens int64 [batch, sequence]
   * @param mask added to the scores
   * @return [batch, sequence, hidden]
   */
  public Value apply(Block block, Value x, Value relative, Value tokens, Value mask) {
    Ops ops = block.ops();
    Value query = split(ops.in("query_heads"), projected(block, "query_proj", x));
    Value key = split(ops.in("key_heads"), projected(block, "key_proj", x));
    Value value = split(ops.in("value_heads"), projected(block, "value_proj", x));
    int terms = 1 + (contentToPosition ? 1 : 0) + (positionToContent ? 1 : 0);
    float scale = (float) (1 / Math.sqrt((double) size() * terms));
    Value scores = ops.fusedMatMul("scores", query, false, key, true, scale);
    if (contentToPosition) {
      Value keys = positionHeads(block, "key_proj", "pos_key_proj", relative);
      Value byPosition = ops.fusedMatMul("content_position", query, false, keys, true, scale);
      Value found = picked(ops.in("content_to_position"), byPosition, scores, tokens, 1);
      scores = ops.add("with_key_positions", scores, found);
    }
    if (positionToContent) {
      Value queries = positionHeads(block, "query_proj", "pos_query_proj", relative);
      Value byPosition = ops.fusedMatMul("position_content", key, false, queries, true, scale);
      Value found = picked(ops.in("position_to_content"), byPosition, scores, tokens, -1);
      scores = ops.add("with_query_positions", scores, ops.transpose("by_query", found, SWAP_LAST));
    }
    Value weights = ops.softmax("weights", ops.add("masked_scores", scores, mask));
    Value context = ops.matMul("context", weights, value);
    Value rows = ops.transpose("context_rows", context, SWAP_SEQUENCE_AND_HEADS);
    return ops.reshape("merged", rows, 0, 0, hidden);
  }

  private Value projected(Block block, String name, Value x) {
    return Linear.apply(block.in(name), x, hidden, hidden);
  }

  private Value split(Ops ops, Value x) {
    return ops.transpose(
        "by_head", ops.reshape("split", x, 0, 0, heads, size()), SWAP_SEQUENCE_AND_HEADS);
  }

  /** Projected vectors of relative positions, [1, heads, 2 * span, size]. */
  private Value positionHeads(Block block, String shared, String own, Value relative) {
    String name = sharesProjections ? shared : own;
    boolean biased = sharesProjections || block.in(name).has("bias");
    Block module = new Block(block.ops().in(own), block.parameters(), block.module() + "." + name);
    Value rows = Linear.apply(module, relative, hidden, hidden, biased);
    Ops ops = module.ops();
    Value split = ops.reshape("split", rows, 1, 2L * span(), heads, size());
    return ops.transpose("by_head", split, SWAP_SEQUENCE_AND_HEADS);
  }

  /** Of each row's scores by relative position, those of the other tokens. */
  private Value picked(Ops ops, Value byPosition, Value scores, Value tokens, int sign) {
    Value range = Positions.range(ops, tokens);
    Value distance =
        ops.sub("distance", ops.unsqueeze("rows", range, 2), ops.unsqueeze("columns", range, 1));
    Value at = ops.add("at", distance, ops.integer(positions - 1L));
    Value index = ops.unsqueeze("index", ops.gather("buckets", table(ops, sign), at, 0), 1);
    Value all =
        ops.op(
            "index_of_all", "Expand", Map.of(), index, ops.op("shape", "Shape", Map.of(), scores));
    return ops.op("picked", "GatherElements", Map.of("axis", Attribute.of(-1L)), byPosition, all);
  }

  /** Rows of the relative embeddings by distance, from -(positions - 1) on. */
  private Value table(Ops ops, int sign) {
    long[] rows = new long[2 * positions - 1];
    for (int i = 0; i < rows.length; i++) {
      int row = sign * bucket(i - (positions - 1)) + span();
      rows[i] = Math.max(0, Math.min(2 * span() - 1, row));
    }
    String name = sign > 0 ? "const.relative_rows" : "const.relative_rows.reversed";
    return ops.builder().shared(name, Tensor.vector(rows));
  }

  /** The bucket of a distance (Hugging Face's {@code make_log_bucket_position}). */
  int bucket(int distance) {
    int middle = buckets / 2;
    if (buckets <= 0 || Math.abs(distance) <= middle) {
      return distance;
    }
    double share =
        Math.log((double) Math.abs(distance) / middle)
            / Math.log((double) (farthest - 1) / middle)
            * (middle - 1);
    return Integer.signum(distance) * ((int) Math.ceil(share) + middle);
  }
}
