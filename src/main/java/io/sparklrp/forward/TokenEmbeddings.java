package io.sparklrp.forward;

import io.sparklrp.forward.block.Block;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** Embeddings of words, positions and segments, as encoders of BERT's kind add them up. */
final class TokenEmbeddings {
  private final Draft draft;
  private final Block block;
  private final long size;

  /**
   * Embeddings.
   *
   * @param block the module of all of them
   * @param size of a vector
   */
  TokenEmbeddings(Draft draft, Block block, long size) {
    this.draft = draft;
    this.block = block;
    this.size = size;
  }

  /** X: the word of each token, [batch, sequence, size]. */
  Value words(String module, long vocabulary) {
    return block
        .ops()
        .gather("words", block.in(module).parameter("weight", vocabulary, size), draft.ids(), 0);
  }

  /** Adds the vector of each token's segment. */
  Value withSegments(Value x, long types) {
    Ops ops = block.ops().scoped(Scopes.SEGMENT);
    Value segments = ops.gather("segments", segmentTable(types), draft.types(), 0);
    return block.ops().add("with_segments", x, segments);
  }

  /** Adds the vector of the first segment to every token. */
  Value withFirstSegment(Value x, long types) {
    Ops ops = block.ops().scoped(Scopes.SEGMENT);
    Value first = ops.slice("segment", segmentTable(types), 0, ops.longs(0), ops.longs(1));
    return block.ops().add("with_segments", x, first);
  }

  private Value segmentTable(long types) {
    return block.in("token_type_embeddings").parameter("weight", types, size);
  }

  /** Adds the vectors of positions 0, 1, 2, ... */
  Value withPositions(Value x, String module, long positions) {
    Ops ops = block.ops().scoped(Scopes.POSITION);
    Value table = block.in(module).parameter("weight", positions, size);
    Value length = ops.dimension("length", draft.ids(), 1);
    Value first = ops.slice("positions", table, 0, ops.longs(0), length);
    return block.ops().add("with_positions", x, first);
  }

  /** Adds the vectors of given positions, int64 [batch, sequence]. */
  Value withPositions(Value x, String module, long positions, Value at) {
    Ops ops = block.ops().scoped(Scopes.POSITION);
    Value table = block.in(module).parameter("weight", positions, size);
    return block.ops().add("with_positions", x, ops.gather("positions", table, at, 0));
  }
}
