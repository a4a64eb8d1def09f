package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.block.Activation;
import io.sparklrp.forward.block.AttentionMask;
import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.LayerNorm;
import io.sparklrp.forward.block.Linear;
import io.sparklrp.forward.block.Pooling;
import io.sparklrp.forward.block.Positions;
import io.sparklrp.forward.block.RotaryEmbedding;
import io.sparklrp.forward.block.SelfAttention;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * ModernBERT (Warner et al. 2024): norms before each part, rotary positions, local attention in
 * most layers and a gated feed-forward part.
 */
final class ModernBert implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("modernbert");
  }

  @Override
  public ForwardPass build(Draft draft) {
    return new Pass(draft).build();
  }

  /** One build. */
  private static final class Pass {
    private final Draft draft;
    private final ModelConfig config;
    private final String base;
    private final int hidden;
    private final int intermediate;
    private final int heads;
    private final int vocabulary;
    private final int positions;
    private final double epsilon;
    private final boolean biasedNorms;
    private final Activation activation;
    private final int layers;
    private final LayerWindows windows;
    private final Value whole;
    private final Value local;
    private final Value places;

    Pass(Draft draft) {
      this.draft = draft;
      this.config = draft.config();
      this.base = draft.base("model");
      this.hidden = config.integer("hidden_size");
      this.intermediate = config.integer("intermediate_size");
      this.heads = config.integer("num_attention_heads");
      this.vocabulary = config.integer("vocab_size");
      this.positions = RotaryConfig.positions(config);
      this.epsilon = config.decimal("norm_eps");
      this.biasedNorms = config.bool("norm_bias");
      this.activation = Activation.of(config.text("hidden_activation"));
      int every = config.integer("global_attn_every_n_layers");
      this.layers = config.integer("num_hidden_layers");
      this.windows = LayerWindows.of(config, layers, layer -> layer % every != 0);
      this.whole = AttentionMask.apply(draft.ops("attention_mask", Scopes.MASK), draft.mask());
      this.local =
          AttentionMask.local(
              draft.ops("local_mask", Scopes.MASK),
              draft.mask(),
              config.integer("local_attention") / 2);
      this.places = Positions.ofBatch(draft.ops("position_ids", Scopes.POSITION), draft.ids());
      EncoderConfig.checkHeads(hidden, heads);
    }

    ForwardPass build() {
      EncoderConfig.checkLayers(layers);
      Block embeddings = draft.block(base + "embeddings", Scopes.EMBEDDINGS);
      Value table = embeddings.in("tok_embeddings").parameter("weight", vocabulary, hidden);
      Value words = embeddings.ops().gather("words", table, draft.ids(), 0);
      Value x = norm(embeddings.in("norm"), words);
      for (int layer = 0; layer < layers; layer++) {
        x = layer(layer, x);
      }
      Value normed = norm(draft.block(base + "final_norm", Scopes.FINAL_NORM), x);
      return draft.finish(words, head(normed), positions);
    }

    private Value norm(Block block, Value x) {
      return LayerNorm.apply(block, x, hidden, epsilon, biasedNorms);
    }

    private Value layer(int index, Value x) {
      Block layer = draft.block(base + "layers." + index, Scopes.layer(index));
      Value normed = index == 0 ? x : norm(layer.in("attn_norm"), x);
      Value attended = attention(layer.in("attn"), index, normed);
      Value middle = layer.ops().add("attention_residual", x, attended);
      Value fed = feedForward(layer.in("mlp"), norm(layer.in("mlp_norm"), middle));
      return layer.ops().add("residual", middle, fed);
    }

    private Value attention(Block block, int layer, Value x) {
      boolean biased = config.bool("attention_bias");
      RotaryEmbedding rotary = rotary(windows.isSliding(layer));
      Value query = part(block, "Wqkv", "query", x, 0, hidden, 3L * hidden, biased);
      Value key = part(block, "Wqkv", "key", x, hidden, hidden, 3L * hidden, biased);
      Value value = part(block, "Wqkv", "value", x, 2L * hidden, hidden, 3L * hidden, biased);
      Value context =
          SelfAttention.of(hidden, heads)
              .apply(
                  block.ops(),
                  rotary.apply(block.ops().in("query"), query, places),
                  rotary.apply(block.ops().in("key"), key, places),
                  value,
                  List.of(windows.isSliding(layer) ? local : whole));
      return Linear.apply(block.in("Wo"), context, hidden, hidden, biased);
    }

    private RotaryEmbedding rotary(boolean windowed) {
      // Configurations that were published have null for a base like that of the other layers.
      boolean hasOwn = windowed && config.has("local_rope_theta");
      return new RotaryConfig(config)
          .ofLayers(
              windowed ? "sliding_attention" : "full_attention",
              hasOwn ? "local_rope_theta" : "global_rope_theta",
              true,
              positions,
              hidden / heads);
    }

    private Value part(
        Block block,
        String module,
        String name,
        Value x,
        long from,
        long count,
        long all,
        boolean biased) {
      Block part =
          new Block(block.ops().in(name), block.parameters(), block.module() + "." + module);
      return Linear.part(part, x, hidden, from, count, all, biased);
    }

    private Value feedForward(Block block, Value x) {
      boolean biased = config.bool("mlp_bias");
      long all = 2L * intermediate;
      Value gate = part(block, "Wi", "gate", x, 0, intermediate, all, biased);
      Value up = part(block, "Wi", "up", x, intermediate, intermediate, all, biased);
      Value gated = block.ops().mul("gated", activation.apply(block.ops(), gate), up);
      return Linear.apply(block.in("Wo"), gated, intermediate, hidden, biased);
    }

    private Value head(Value x) {
      return switch (draft.task()) {
        case SEQUENCE_CLASSIFICATION -> Heads.classes(draft, "classifier", transformed(pooled(x)));
        case TOKEN_CLASSIFICATION -> Heads.tokens(draft, transformed(x));
        case MASKED_LANGUAGE_MODEL -> words(transformed(x));
        case EMBEDDING -> x;
        default -> throw draft.noHead();
      };
    }

    private Value pooled(Value x) {
      Ops ops = draft.ops("pooling", Scopes.HEAD);
      String pooling = config.text("classifier_pooling");
      return switch (pooling) {
        case "cls" -> Heads.firstToken(ops, x);
        case "mean" -> Pooling.mean(ops, x, draft.mask());
        default ->
            throw new UserException(
                String.format(
                    "Cannot build the model: classifier_pooling '%s' in config.json is not supported."
                        + " Use a model with one of: cls, mean.",
                    pooling));
      };
    }

    private Value transformed(Value x) {
      Block block = draft.block("head", Scopes.HEAD);
      boolean biased = config.bool("classifier_bias");
      Value wide = Linear.apply(block.in("dense"), x, hidden, hidden, biased);
      Value active = Activation.of(config.text("classifier_activation")).apply(block.ops(), wide);
      return norm(block.in("norm"), active);
    }

    private Value words(Value x) {
      String table = base + "embeddings.tok_embeddings.weight";
      return config.bool("decoder_bias")
          ? Heads.words(draft, "decoder", table, vocabulary, x, "decoder.bias")
          : Heads.words(draft, "decoder", table, vocabulary, x);
    }
  }
}
