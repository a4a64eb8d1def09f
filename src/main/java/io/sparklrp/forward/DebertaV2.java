package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.block.Activation;
import io.sparklrp.forward.block.AttentionMask;
import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.DisentangledAttention;
import io.sparklrp.forward.block.LayerNorm;
import io.sparklrp.forward.block.Linear;
import io.sparklrp.graph.Value;
import io.sparklrp.model.Task;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** DeBERTa, versions 2 and 3 (He et al. 2021, 2023): BERT with disentangled attention. */
final class DebertaV2 implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("deberta-v2");
  }

  @Override
  public ForwardPass build(Draft draft) {
    return new Pass(draft).build();
  }

  /** One build. */
  private static final class Pass {
    private final Draft draft;
    private final ModelConfig stored;
    private final EncoderConfig config;
    private final String base;
    private final DisentangledAttention attention;

    Pass(Draft draft) {
      this.draft = draft;
      this.stored = draft.config();
      this.config = EncoderConfig.of(stored);
      this.base = draft.base("deberta");
      if (stored.count("conv_kernel_size") > 0) {
        throw refused("conv_kernel_size");
      }
      if (stored.integer("attention_head_size", config.hidden() / config.heads())
          != config.hidden() / config.heads()) {
        throw refused("attention_head_size");
      }
      if (draft.task() == Task.MASKED_LANGUAGE_MODEL && !stored.bool("legacy")) {
        throw refused("legacy");
      }
      this.attention = attention();
    }

    private static UserException refused(String key) {
      return new UserException(
          String.format(
              "Cannot build the model: what %s in config.json says is not supported."
                  + " Export the model to ONNX and give --model model.onnx.",
              key));
    }

    private DisentangledAttention attention() {
      boolean relative = stored.bool("relative_attention");
      List<String> kinds = relative ? kinds() : List.of();
      int most = stored.signed("max_relative_positions");
      return new DisentangledAttention(
          config.hidden(),
          config.heads(),
          config.positions(),
          most < 1 ? config.positions() : most,
          Math.max(0, stored.signed("position_buckets")),
          kinds.contains("c2p"),
          kinds.contains("p2c"),
          stored.bool("share_att_key"));
    }

    /** Kinds of relative positions; a text of several may have spaces and capitals. */
    private List<String> kinds() {
      return split(stored.textsOrSplit("pos_att_type", "\\|"));
    }

    /** Hugging Face's code counts them even where relative positions are switched off. */
    private int positionTerms() {
      return (int) Stream.of("c2p", "p2c").filter(kinds()::contains).count();
    }

    private static List<String> split(List<String> parts) {
      return parts.stream().map(part -> part.strip().toLowerCase(Locale.ROOT)).toList();
    }

    ForwardPass build() {
      Block block = draft.block(base + "embeddings", Scopes.EMBEDDINGS);
      TokenEmbeddings embeddings = new TokenEmbeddings(draft, block, config.embedding());
      Value words = embeddings.words("word_embeddings", config.vocabulary());
      Value sum = words;
      if (stored.bool("position_biased_input")) {
        sum = embeddings.withPositions(sum, "position_embeddings", config.positions());
      }
      if (config.types() > 0) {
        sum = embeddings.withSegments(sum, config.types());
      }
      if (config.embedding() != config.hidden()) {
        sum = Linear.apply(block.in("embed_proj"), sum, config.embedding(), config.hidden(), false);
      }
      Value x = LayerNorm.apply(block.in("LayerNorm"), sum, config.hidden(), config.epsilon());
      Value mask = AttentionMask.apply(draft.ops("attention_mask", Scopes.MASK), draft.mask());
      for (int layer = 0; layer < config.layers(); layer++) {
        x = layer(layer, x, mask);
      }
      return draft.finish(words, head(x), config.positions());
    }

    private Value layer(int index, Value x, Value mask) {
      Block layer = draft.block(base + "encoder.layer." + index, Scopes.layer(index));
      Block self = layer.in("attention").in("self");
      Value context =
          attention.isRelative()
              ? attention.apply(self, x, relativeEmbeddings(), draft.ids(), mask)
              : attention.plain(self, x, mask, 1 + positionTerms());
      return PostNormLayer.BERT.afterAttention(layer, config, x, context);
    }

    /** Vectors of relative positions, [2 * span, hidden]: nothing of them depends on the record. */
    private Value relativeEmbeddings() {
      Block encoder = draft.block(base + "encoder", Scopes.POSITION);
      Value vectors =
          encoder.in("rel_embeddings").parameter("weight", 2L * attention.span(), config.hidden());
      boolean normed = split(stored.textsOrSplit("norm_rel_ebd", "\\|")).contains("layer_norm");
      return normed
          ? LayerNorm.apply(encoder.in("LayerNorm"), vectors, config.hidden(), config.epsilon())
          : vectors;
    }

    private Value head(Value x) {
      return switch (draft.task()) {
        case SEQUENCE_CLASSIFICATION ->
            Heads.denseClassifier(
                draft,
                "pooler.dense",
                Activation.of(stored.text("pooler_hidden_act")),
                "classifier",
                x);
        case TOKEN_CLASSIFICATION -> Heads.tokens(draft, x);
        case QUESTION_ANSWERING -> Heads.span(draft, x);
        case MASKED_LANGUAGE_MODEL -> maskedWords(x);
        case EMBEDDING -> x;
        default -> throw draft.noHead();
      };
    }

    private Value maskedWords(Value x) {
      Value transformed =
          Heads.transformed(
              draft,
              "cls.predictions.transform.dense",
              config.activation(),
              "cls.predictions.transform.LayerNorm",
              config.epsilon(),
              x,
              config.embedding());
      return Heads.words(
          draft,
          "cls.predictions.decoder",
          base + "embeddings.word_embeddings.weight",
          config.vocabulary(),
          transformed,
          "cls.predictions.decoder.bias",
          "cls.predictions.bias");
    }
  }
}
