package io.sparklrp.forward;

import io.sparklrp.forward.block.Activation;
import io.sparklrp.forward.block.AttentionMask;
import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.LayerNorm;
import io.sparklrp.graph.Value;
import java.util.List;

/** DistilBERT (Sanh et al. 2019): BERT without segments and pooler. */
final class DistilBert implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("distilbert");
  }

  @Override
  public ForwardPass build(Draft draft) {
    EncoderConfig config = EncoderConfig.ofDistilBert(draft.config());
    String base = draft.base("distilbert");
    Block block = draft.block(base + "embeddings", Scopes.EMBEDDINGS);
    TokenEmbeddings embeddings = new TokenEmbeddings(draft, block, config.hidden());
    Value words = embeddings.words("word_embeddings", config.vocabulary());
    Value placed = embeddings.withPositions(words, "position_embeddings", config.positions());
    Value hidden =
        LayerNorm.apply(block.in("LayerNorm"), placed, config.hidden(), config.epsilon());
    Value mask = AttentionMask.apply(draft.ops("attention_mask", Scopes.MASK), draft.mask());
    for (int layer = 0; layer < config.layers(); layer++) {
      Block module = draft.block(base + "transformer.layer." + layer, Scopes.layer(layer));
      hidden = PostNormLayer.DISTILBERT.apply(module, config, hidden, List.of(mask));
    }
    return draft.finish(words, head(draft, config, base, hidden), config.positions());
  }

  private static Value head(Draft draft, EncoderConfig config, String base, Value hidden) {
    return switch (draft.task()) {
      case SEQUENCE_CLASSIFICATION ->
          Heads.denseClassifier(draft, "pre_classifier", Activation.RELU, "classifier", hidden);
      case TOKEN_CLASSIFICATION -> Heads.tokens(draft, hidden);
      case QUESTION_ANSWERING -> Heads.span(draft, hidden);
      case MASKED_LANGUAGE_MODEL -> {
        Value transformed =
            Heads.transformed(
                draft,
                "vocab_transform",
                config.activation(),
                "vocab_layer_norm",
                config.epsilon(),
                hidden,
                config.hidden());
        yield Heads.words(
            draft,
            "vocab_projector",
            base + "embeddings.word_embeddings.weight",
            config.vocabulary(),
            transformed,
            "vocab_projector.bias");
      }
      case EMBEDDING -> hidden;
      default -> throw draft.noHead();
    };
  }
}
