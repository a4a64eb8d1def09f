package io.sparklrp.forward;

import io.sparklrp.forward.block.Activation;
import io.sparklrp.forward.block.AttentionMask;
import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.LayerNorm;
import io.sparklrp.forward.block.Positions;
import io.sparklrp.forward.block.RelativeBuckets;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * MPNet (Song et al. 2020): RoBERTa's positions and heads, no segments, and relative positions that
 * all layers add to their scores.
 */
final class MpNet implements Architecture {
  /** Hugging Face's code ignores what the configuration says of them. */
  private static final RelativeBuckets BUCKETS = new RelativeBuckets(32, 128);

  @Override
  public List<String> modelTypes() {
    return List.of("mpnet");
  }

  @Override
  public ForwardPass build(Draft draft) {
    EncoderConfig config = EncoderConfig.of(draft.config());
    String base = draft.base("mpnet");
    int padding = draft.config().signed("pad_token_id", 1);
    Value positions =
        Positions.afterPadding(draft.ops("positions", Scopes.POSITION), draft.ids(), padding);
    Block block = draft.block(base + "embeddings", Scopes.EMBEDDINGS);
    TokenEmbeddings embeddings = new TokenEmbeddings(draft, block, config.hidden());
    Value words = embeddings.words("word_embeddings", config.vocabulary());
    Value placed =
        embeddings.withPositions(words, "position_embeddings", config.positions(), positions);
    Value hidden =
        LayerNorm.apply(block.in("LayerNorm"), placed, config.hidden(), config.epsilon());
    List<Value> added = added(draft, config, base);
    for (int layer = 0; layer < config.layers(); layer++) {
      Block module = draft.block(base + "encoder.layer." + layer, Scopes.layer(layer));
      hidden = PostNormLayer.MPNET.apply(module, config, hidden, added);
    }
    return draft.finish(words, head(draft, config, base, hidden), config.positions() - padding - 1);
  }

  private static List<Value> added(Draft draft, EncoderConfig config, String base) {
    String module = base + "encoder.relative_attention_bias";
    Value table =
        draft
            .block(module, Scopes.POSITION)
            .parameter(
                "weight", draft.config().integer("relative_attention_num_buckets"), config.heads());
    Ops ops = draft.ops(module, Scopes.POSITION);
    Value mask = AttentionMask.apply(draft.ops("attention_mask", Scopes.MASK), draft.mask());
    return List.of(BUCKETS.bias(ops, draft.ids(), table), mask);
  }

  private static Value head(Draft draft, EncoderConfig config, String base, Value hidden) {
    return switch (draft.task()) {
      case SEQUENCE_CLASSIFICATION ->
          Heads.denseClassifier(
              draft, "classifier.dense", Activation.TANH, "classifier.out_proj", hidden);
      case TOKEN_CLASSIFICATION -> Heads.tokens(draft, hidden);
      case QUESTION_ANSWERING -> Heads.span(draft, hidden);
      case MASKED_LANGUAGE_MODEL ->
          Roberta.maskedWords(draft, config, base + "embeddings.word_embeddings.weight", hidden);
      case EMBEDDING -> hidden;
      default -> throw draft.noHead();
    };
  }
}
