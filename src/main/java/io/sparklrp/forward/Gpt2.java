package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.forward.block.Activation;
import io.sparklrp.forward.block.AttentionMask;
import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.LayerNorm;
import io.sparklrp.forward.block.Linear;
import io.sparklrp.forward.block.SelfAttention;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;

/** GPT-2 (Radford et al. 2019). */
final class Gpt2 implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("gpt2");
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
    private final int heads;
    private final int vocabulary;
    private final double epsilon;
    private final Activation activation;
    private final Value mask;

    Pass(Draft draft) {
      this.draft = draft;
      this.config = draft.config();
      this.base = draft.base("transformer");
      this.hidden = config.integer("n_embd");
      this.heads = config.integer("n_head");
      this.vocabulary = config.integer("vocab_size");
      this.epsilon = config.decimal("layer_norm_epsilon");
      this.activation = Activation.of(config.text("activation_function"));
      this.mask = AttentionMask.causal(draft.ops("causal_mask", Scopes.MASK), draft.mask(), 0);
      EncoderConfig.checkMultiple("n_embd", hidden, "n_head", heads);
    }

    ForwardPass build() {
      int positions = config.integer("n_positions");
      int layers = config.integer("n_layer");
      EncoderConfig.checkLayers(layers);
      Block embeddings =
          new Block(
              draft.ops(base + "embeddings", Scopes.EMBEDDINGS),
              draft.parameters(),
              base.isEmpty() ? "" : base.substring(0, base.length() - 1));
      Value table = draft.parameter(base + "wte.weight", vocabulary, hidden);
      Value words = embeddings.ops().gather("words", table, draft.ids(), 0);
      Ops ops = embeddings.ops().scoped(Scopes.POSITION);
      Value length = ops.dimension("length", draft.ids(), 1);
      Value places =
          ops.slice(
              "positions",
              draft.parameter(base + "wpe.weight", positions, hidden),
              0,
              ops.longs(0),
              length);
      Value x = embeddings.ops().add("with_positions", words, places);
      for (int layer = 0; layer < layers; layer++) {
        x = layer(layer, x);
      }
      Block norm = draft.block(base + "ln_f", Scopes.FINAL_NORM);
      return draft.finish(words, head(LayerNorm.apply(norm, x, hidden, epsilon)), positions);
    }

    private Value layer(int index, Value x) {
      Block layer = draft.block(base + "h." + index, Scopes.layer(index));
      Value normed = LayerNorm.apply(layer.in("ln_1"), x, hidden, epsilon);
      Value attended = attention(layer.in("attn"), index, normed);
      Value middle = layer.ops().add("attention_residual", x, attended);
      Value fed =
          feedForward(layer.in("mlp"), LayerNorm.apply(layer.in("ln_2"), middle, hidden, epsilon));
      return layer.ops().add("residual", middle, fed);
    }

    private Value attention(Block block, int layer, Value x) {
      SelfAttention attention = new SelfAttention(heads, heads, hidden / heads, scale(layer), 0);
      Value context =
          attention.apply(
              block.ops(),
              third(block, "query", x, 0),
              third(block, "key", x, 1),
              third(block, "value", x, 2),
              List.of(mask));
      return Linear.partOfTransposed(block.in("c_proj"), context, hidden, 0, hidden, hidden);
    }

    private Value third(Block block, String name, Value x, long index) {
      Block part = new Block(block.ops().in(name), block.parameters(), block.module() + ".c_attn");
      return Linear.partOfTransposed(part, x, hidden, index * hidden, hidden, 3L * hidden);
    }

    private double scale(int layer) {
      double scale = config.bool("scale_attn_weights") ? Math.sqrt((double) heads / hidden) : 1;
      return config.bool("scale_attn_by_inverse_layer_idx") ? scale / (layer + 1) : scale;
    }

    private Value feedForward(Block block, Value x) {
      long inner = config.integer("n_inner", 4 * hidden);
      Block first = block.in("c_fc");
      Value wide = Linear.partOfTransposed(first, x, hidden, 0, inner, inner);
      Value active = activation.apply(block.ops(), wide);
      return Linear.partOfTransposed(block.in("c_proj"), active, inner, 0, hidden, hidden);
    }

    private Value head(Value x) {
      return switch (draft.task()) {
        case CAUSAL_LANGUAGE_MODEL ->
            Heads.words(draft, "lm_head", base + "wte.weight", vocabulary, x);
        case SEQUENCE_CLASSIFICATION -> LastToken.classes(draft, "score", x);
        case TOKEN_CLASSIFICATION -> Heads.tokens(draft, x);
        case QUESTION_ANSWERING -> Heads.span(draft, x);
        case EMBEDDING -> x;
        default -> throw draft.noHead();
      };
    }
  }
}
