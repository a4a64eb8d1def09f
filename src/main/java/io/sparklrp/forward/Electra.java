package io.sparklrp.forward;

import io.sparklrp.forward.block.Activation;
import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.LayerNorm;
import io.sparklrp.forward.block.Linear;
import io.sparklrp.graph.Value;
import java.util.List;

/** ELECTRA (Clark et al. 2020): BERT with embeddings of a size of their own, and other heads. */
final class Electra implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("electra");
  }

  @Override
  public ForwardPass build(Draft draft) {
    EncoderConfig config = EncoderConfig.of(draft.config());
    String base = draft.base("electra");
    Block block = draft.block(base + "embeddings", Scopes.EMBEDDINGS);
    TokenEmbeddings embeddings = new TokenEmbeddings(draft, block, config.embedding());
    Value words = embeddings.words("word_embeddings", config.vocabulary());
    Value typed = embeddings.withSegments(words, config.types());
    Value placed = embeddings.withPositions(typed, "position_embeddings", config.positions());
    Value hidden =
        LayerNorm.apply(block.in("LayerNorm"), placed, config.embedding(), config.epsilon());
    if (config.embedding() != config.hidden()) {
      Block projection = draft.block(base + "embeddings_project", Scopes.EMBEDDINGS);
      hidden = Linear.apply(projection, hidden, config.embedding(), config.hidden());
    }
    hidden = Bert.layers(draft, config, base + "encoder.layer.", hidden);
    return draft.finish(words, head(draft, config, base, hidden), config.positions());
  }

  private static Value head(Draft draft, EncoderConfig config, String base, Value hidden) {
    return switch (draft.task()) {
      case SEQUENCE_CLASSIFICATION ->
          Heads.denseClassifier(
              draft, "classifier.dense", Activation.GELU, "classifier.out_proj", hidden);
      case TOKEN_CLASSIFICATION -> Heads.tokens(draft, hidden);
      case QUESTION_ANSWERING -> Heads.span(draft, hidden);
      case MASKED_LANGUAGE_MODEL -> {
        Value transformed =
            Heads.transformed(
                draft,
                "generator_predictions.dense",
                Activation.GELU,
                "generator_predictions.LayerNorm",
                config.epsilon(),
                hidden,
                config.embedding());
        yield Heads.words(
            draft,
            "generator_lm_head",
            base + "embeddings.word_embeddings.weight",
            config.vocabulary(),
            transformed,
            "generator_lm_head.bias");
      }
      case EMBEDDING -> hidden;
      default -> throw draft.noHead();
    };
  }
}
