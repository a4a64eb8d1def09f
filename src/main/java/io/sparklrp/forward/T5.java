package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.forward.block.Activation;
import io.sparklrp.forward.block.AttentionMask;
import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.Linear;
import io.sparklrp.forward.block.RelativeBuckets;
import io.sparklrp.forward.block.RmsNorm;
import io.sparklrp.forward.block.SelfAttention;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * T5's encoder (Raffel et al. 2020), versions 1.0 and 1.1: RMSNorm before each part, no biases,
 * unscaled scores with relative positions that all layers share.
 */
final class T5 implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("t5");
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
    private final int size;
    private final double epsilon;
    private final boolean gated;
    private final Activation activation;

    Pass(Draft draft) {
      this.draft = draft;
      this.config = draft.config();
      this.base = draft.base("transformer");
      this.hidden = config.integer("d_model");
      this.intermediate = config.integer("d_ff");
      this.heads = config.integer("num_heads");
      this.size = config.integer("d_kv");
      this.epsilon = config.decimal("layer_norm_epsilon");
      String projection = config.text("feed_forward_proj");
      boolean isGated = projection.startsWith("gated-");
      String name = isGated ? projection.substring("gated-".length()) : projection;
      // Hugging Face's T5Config: "gated-gelu" stands for the approximation by tanh, and what it
      // makes of the key is written into the file too, where it goes first.
      String meant = projection.equals("gated-gelu") ? "gelu_new" : name;
      this.gated = config.bool("is_gated_act", isGated);
      this.activation = Activation.of(config.text("dense_act_fn", meant));
    }

    ForwardPass build() {
      int layers = config.integer("num_layers");
      EncoderConfig.checkLayers(layers);
      int vocabulary = config.integer("vocab_size");
      String shared = base + "shared.weight";
      String own = base + "encoder.embed_tokens.weight";
      String name = draft.parameters().has(shared) ? shared : own;
      Value words =
          draft
              .ops(base + "encoder.embed_tokens", Scopes.EMBEDDINGS)
              .gather("words", draft.parameter(name, vocabulary, hidden), draft.ids(), 0);
      List<Value> added = added();
      Value x = words;
      for (int layer = 0; layer < layers; layer++) {
        x = layer(layer, x, added);
      }
      Block norm = draft.block(base + "encoder.final_layer_norm", Scopes.FINAL_NORM);
      Value normed = RmsNorm.apply(norm, x, hidden, epsilon, 0);
      return draft.finish(words, head(normed), config.integer("n_positions", 512));
    }

    private List<Value> added() {
      int buckets = config.integer("relative_attention_num_buckets");
      int farthest = config.integer("relative_attention_max_distance");
      String module = base + "encoder.block.0.layer.0.SelfAttention.relative_attention_bias";
      Block block = draft.block(module, Scopes.POSITION);
      Value bias =
          new RelativeBuckets(buckets, farthest)
              .bias(block.ops(), draft.ids(), block.parameter("weight", buckets, heads));
      Value mask = AttentionMask.apply(draft.ops("attention_mask", Scopes.MASK), draft.mask());
      return List.of(bias, mask);
    }

    private Value layer(int index, Value x, List<Value> added) {
      Block layer = draft.block(base + "encoder.block." + index + ".layer", Scopes.layer(index));
      Block first = layer.in("0");
      Value attended = attention(first.in("SelfAttention"), norm(first, x), added);
      Value middle = first.ops().add("residual", x, attended);
      Block second = layer.in("1");
      Value fed = feedForward(second.in("DenseReluDense"), norm(second, middle));
      return second.ops().add("residual", middle, fed);
    }

    private Value norm(Block part, Value x) {
      return RmsNorm.apply(part.in("layer_norm"), x, hidden, epsilon, 0);
    }

    private Value attention(Block block, Value x, List<Value> added) {
      long inner = (long) heads * size;
      SelfAttention attention = new SelfAttention(heads, heads, size, 1, 0);
      Value context =
          attention.apply(
              block.ops(),
              Linear.apply(block.in("q"), x, hidden, inner, false),
              Linear.apply(block.in("k"), x, hidden, inner, false),
              Linear.apply(block.in("v"), x, hidden, inner, false),
              added);
      return Linear.apply(block.in("o"), context, inner, hidden, false);
    }

    private Value feedForward(Block block, Value x) {
      String first = gated ? "wi_0" : "wi";
      Value wide = Linear.apply(block.in(first), x, hidden, intermediate, false);
      Value active = activation.apply(block.ops(), wide);
      if (gated) {
        Value up = Linear.apply(block.in("wi_1"), x, hidden, intermediate, false);
        active = block.ops().mul("gated", active, up);
      }
      return Linear.apply(block.in("wo"), active, intermediate, hidden, false);
    }

    private Value head(Value x) {
      return switch (draft.task()) {
        case TOKEN_CLASSIFICATION -> Heads.tokens(draft, x);
        case EMBEDDING -> x;
        default -> throw draft.noHead();
      };
    }
  }
}
