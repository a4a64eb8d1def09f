package io.sparklrp.forward;

import io.sparklrp.error.UserException;
import io.sparklrp.forward.block.AttentionMask;
import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.LayerNorm;
import io.sparklrp.forward.block.Linear;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * ALBERT (Lan et al. 2020): BERT whose layers share their parameters in groups, with embeddings of
 * a size of their own. The ledger books shared parameters to the layer of their use.
 */
final class Albert implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("albert");
  }

  @Override
  public ForwardPass build(Draft draft) {
    EncoderConfig config = EncoderConfig.of(draft.config());
    String base = draft.base("albert");
    Block block = draft.block(base + "embeddings", Scopes.EMBEDDINGS);
    TokenEmbeddings embeddings = new TokenEmbeddings(draft, block, config.embedding());
    Value words = embeddings.words("word_embeddings", config.vocabulary());
    Value typed = embeddings.withSegments(words, config.types());
    Value placed = embeddings.withPositions(typed, "position_embeddings", config.positions());
    long size = words.shape().dim(-1).size();
    Value normed = LayerNorm.apply(block.in("LayerNorm"), placed, size, config.epsilon());
    Block mapping = draft.block(base + "encoder.embedding_hidden_mapping_in", Scopes.EMBEDDINGS);
    Value hidden = Linear.apply(mapping, normed, size, config.hidden());
    hidden = layers(draft, config, base, hidden);
    return draft.finish(words, head(draft, config, base, hidden, size), config.positions());
  }

  private static Value layers(Draft draft, EncoderConfig config, String base, Value embedded) {
    int groups = draft.config().integer("num_hidden_groups");
    int inner = draft.config().integer("inner_group_num");
    if (inner != 1) {
      throw new UserException(
          "Cannot build the model: inner_group_num in config.json is "
              + inner
              + ", and only 1 is supported. Export the model to ONNX and give --model model.onnx.");
    }
    Value mask = AttentionMask.apply(draft.ops("attention_mask", Scopes.MASK), draft.mask());
    Value hidden = embedded;
    for (int layer = 0; layer < config.layers(); layer++) {
      int group = (int) ((long) layer * groups / config.layers());
      Block module =
          draft.block(
              base + "encoder.albert_layer_groups." + group + ".albert_layers.0",
              Scopes.layer(layer));
      hidden = PostNormLayer.ALBERT.apply(module, config, hidden, List.of(mask));
    }
    return hidden;
  }

  private static Value head(
      Draft draft, EncoderConfig config, String base, Value hidden, long size) {
    return switch (draft.task()) {
      case SEQUENCE_CLASSIFICATION -> Heads.pooledClassifier(draft, base + "pooler", hidden);
      case TOKEN_CLASSIFICATION -> Heads.tokens(draft, hidden);
      case QUESTION_ANSWERING -> Heads.span(draft, hidden);
      case MASKED_LANGUAGE_MODEL -> {
        Value transformed =
            Heads.transformed(
                draft,
                "predictions.dense",
                config.activation(),
                "predictions.LayerNorm",
                config.epsilon(),
                hidden,
                size);
        yield Heads.words(
            draft,
            "predictions.decoder",
            base + "embeddings.word_embeddings.weight",
            config.vocabulary(),
            transformed,
            "predictions.decoder.bias",
            "predictions.bias");
      }
      case EMBEDDING -> hidden;
      default -> throw draft.noHead();
    };
  }
}
