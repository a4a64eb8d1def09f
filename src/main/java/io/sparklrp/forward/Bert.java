package io.sparklrp.forward;

import io.sparklrp.forward.block.AttentionMask;
import io.sparklrp.forward.block.LayerNorm;
import io.sparklrp.graph.Value;
import java.util.List;

/** BERT (Devlin et al. 2019) with any of its heads. */
final class Bert implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("bert");
  }

  @Override
  public ForwardPass build(Draft draft) {
    EncoderConfig config = EncoderConfig.of(draft.config());
    String base = draft.base("bert");
    TokenEmbeddings embeddings =
        new TokenEmbeddings(
            draft, draft.block(base + "embeddings", Scopes.EMBEDDINGS), config.hidden());
    Value words = embeddings.words("word_embeddings", config.vocabulary());
    Value typed = embeddings.withSegments(words, config.types());
    Value placed = embeddings.withPositions(typed, "position_embeddings", config.positions());
    Value hidden =
        LayerNorm.apply(
            draft.block(base + "embeddings.LayerNorm", Scopes.EMBEDDINGS),
            placed,
            config.hidden(),
            config.epsilon());
    hidden = layers(draft, config, base + "encoder.layer.", hidden);
    return draft.finish(words, head(draft, config, base, hidden), config.positions());
  }

  /** Layers of BERT's kind and names, one after the other. */
  static Value layers(Draft draft, EncoderConfig config, String prefix, Value embedded) {
    Value mask = AttentionMask.apply(draft.ops("attention_mask", Scopes.MASK), draft.mask());
    Value hidden = embedded;
    for (int layer = 0; layer < config.layers(); layer++) {
      hidden =
          PostNormLayer.BERT.apply(
              draft.block(prefix + layer, Scopes.layer(layer)), config, hidden, List.of(mask));
    }
    return hidden;
  }

  private static Value head(Draft draft, EncoderConfig config, String base, Value hidden) {
    return switch (draft.task()) {
      case SEQUENCE_CLASSIFICATION -> Heads.pooledClassifier(draft, base + "pooler.dense", hidden);
      case TOKEN_CLASSIFICATION -> Heads.tokens(draft, hidden);
      case QUESTION_ANSWERING -> Heads.span(draft, hidden);
      case MASKED_LANGUAGE_MODEL -> {
        Value transformed =
            Heads.transformed(
                draft,
                "cls.predictions.transform.dense",
                config.activation(),
                "cls.predictions.transform.LayerNorm",
                config.epsilon(),
                hidden,
                config.hidden());
        yield Heads.words(
            draft,
            "cls.predictions.decoder",
            base + "embeddings.word_embeddings.weight",
            config.vocabulary(),
            transformed,
            "cls.predictions.decoder.bias",
            "cls.predictions.bias");
      }
      case EMBEDDING -> hidden;
      default -> throw draft.noHead();
    };
  }
}
