package io.sparklrp.forward;

import io.sparklrp.forward.block.Activation;
import io.sparklrp.forward.block.LayerNorm;
import io.sparklrp.forward.block.Positions;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * RoBERTa (Liu et al. 2019), and XLM-R and CamemBERT, which differ in nothing but their words: BERT
 * with positions counted after the padding token's id, and other heads.
 */
final class Roberta implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("camembert", "roberta", "xlm-roberta");
  }

  @Override
  public ForwardPass build(Draft draft) {
    EncoderConfig config = EncoderConfig.of(draft.config());
    String base = draft.base("roberta");
    int padding = draft.config().signed("pad_token_id", 1);
    Value positions =
        Positions.afterPadding(draft.ops("positions", Scopes.POSITION), draft.ids(), padding);
    TokenEmbeddings embeddings =
        new TokenEmbeddings(
            draft, draft.block(base + "embeddings", Scopes.EMBEDDINGS), config.hidden());
    Value words = embeddings.words("word_embeddings", config.vocabulary());
    Value typed = embeddings.withFirstSegment(words, config.types());
    Value placed =
        embeddings.withPositions(typed, "position_embeddings", config.positions(), positions);
    Value hidden =
        LayerNorm.apply(
            draft.block(base + "embeddings.LayerNorm", Scopes.EMBEDDINGS),
            placed,
            config.hidden(),
            config.epsilon());
    hidden = Bert.layers(draft, config, base + "encoder.layer.", hidden);
    return draft.finish(words, head(draft, config, base, hidden), config.positions() - padding - 1);
  }

  private static Value head(Draft draft, EncoderConfig config, String base, Value hidden) {
    return switch (draft.task()) {
      case SEQUENCE_CLASSIFICATION ->
          Heads.denseClassifier(
              draft, "classifier.dense", Activation.TANH, "classifier.out_proj", hidden);
      case TOKEN_CLASSIFICATION -> Heads.tokens(draft, hidden);
      case QUESTION_ANSWERING -> Heads.span(draft, hidden);
      case MASKED_LANGUAGE_MODEL ->
          maskedWords(draft, config, base + "embeddings.word_embeddings.weight", hidden);
      case EMBEDDING -> hidden;
      default -> throw draft.noHead();
    };
  }

  /** RoBERTa's and MPNet's head of a masked language model. */
  static Value maskedWords(Draft draft, EncoderConfig config, String words, Value hidden) {
    Value transformed =
        Heads.transformed(
            draft,
            "lm_head.dense",
            Activation.GELU,
            "lm_head.layer_norm",
            config.epsilon(),
            hidden,
            config.hidden());
    return Heads.words(
        draft,
        "lm_head.decoder",
        words,
        config.vocabulary(),
        transformed,
        "lm_head.decoder.bias",
        "lm_head.bias");
  }
}
