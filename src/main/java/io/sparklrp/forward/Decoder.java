package io.sparklrp.forward;

import io.sparklrp.forward.block.AttentionMask;
import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.Linear;
import io.sparklrp.forward.block.Positions;
import io.sparklrp.forward.block.RmsNorm;
import io.sparklrp.forward.block.SelfAttention;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decoders of Llama's kind (Touvron et al. 2023): RMSNorm before each part, rotary positions,
 * grouped heads and a gated feed-forward part. One build.
 */
final class Decoder {
  private final Draft draft;
  private final DecoderConfig config;
  private final String base;
  private final Map<Integer, Value> masks = new HashMap<>();
  private Value positions;

  Decoder(Draft draft, DecoderConfig config) {
    this.draft = draft;
    this.config = config;
    this.base = draft.base("model");
  }

  ForwardPass build() {
    Block table = draft.block(base + "embed_tokens", Scopes.EMBEDDINGS);
    Value words =
        table
            .ops()
            .gather(
                "words",
                table.parameter("weight", config.vocabulary, config.hidden),
                draft.ids(),
                0);
    Value hidden =
        config
            .embeddingScale
            .map(scale -> table.ops().mul("scaled", words, table.ops().scalar(scale)))
            .orElse(words);
    positions = Positions.ofBatch(draft.ops("position_ids", Scopes.POSITION), draft.ids());
    for (int layer = 0; layer < config.layers; layer++) {
      hidden = layer(layer, hidden);
    }
    Value normed = norm(draft.block(base + "norm", Scopes.FINAL_NORM), hidden, config.hidden);
    return draft.finish(words, head(normed), config.positions);
  }

  private Value norm(Block block, Value x, long size) {
    return RmsNorm.apply(block, x, size, config.epsilon, config.gammaOffset);
  }

  private Value layer(int index, Value x) {
    Block layer = draft.block(base + "layers." + index, Scopes.layer(index));
    Value attended =
        attention(
            layer.in("self_attn"), index, norm(layer.in("input_layernorm"), x, config.hidden));
    if (config.sandwichNorms) {
      attended = norm(layer.in("post_attention_layernorm"), attended, config.hidden);
    }
    Value middle = layer.ops().add("attention_residual", x, attended);
    String before = config.sandwichNorms ? "pre_feedforward_layernorm" : "post_attention_layernorm";
    Value fed = feedForward(layer.in("mlp"), norm(layer.in(before), middle, config.hidden));
    if (config.sandwichNorms) {
      fed = norm(layer.in("post_feedforward_layernorm"), fed, config.hidden);
    }
    return layer.ops().add("residual", middle, fed);
  }

  private Value attention(Block block, int layer, Value x) {
    long wide = (long) config.heads * config.size;
    long narrow = (long) config.groups * config.size;
    Value query = projection(block, x, "q_proj", 0, wide);
    Value key = projection(block, x, "k_proj", wide, narrow);
    Value value = projection(block, x, "v_proj", wide + narrow, narrow);
    SelfAttention attention =
        new SelfAttention(
            config.heads, config.groups, config.size, config.attentionScale, config.scoreCap);
    Value context =
        attention.apply(
            block.ops(),
            placed(block.in("q_norm"), layer, query),
            placed(block.in("k_norm"), layer, key),
            value,
            List.of(mask(layer)));
    return Linear.apply(block.in("o_proj"), context, wide, config.hidden, config.biasedOutput);
  }

  private Value projection(Block block, Value x, String name, long from, long count) {
    if (!config.fusedProjections) {
      return Linear.apply(block.in(name), x, config.hidden, count, config.biasedProjections);
    }
    long all = (long) (config.heads + 2 * config.groups) * config.size;
    Block part = new Block(block.ops().in(name), block.parameters(), block.module() + ".qkv_proj");
    return Linear.part(part, x, config.hidden, from, count, all, config.biasedProjections);
  }

  /** Queries or keys by head, normalised where the model does so, and turned by position. */
  private Value placed(Block norm, int layer, Value x) {
    Value normed = x;
    if (config.normedHeads) {
      long width = x.shape().dim(-1).size();
      Ops ops = norm.ops();
      Value byHead = ops.reshape("split", x, 0, 0, width / config.size, config.size);
      normed = ops.reshape("merged", norm(norm, byHead, config.size), 0, 0, width);
    }
    return config.rotary.apply(layer).apply(norm.ops(), normed, positions);
  }

  private Value mask(int layer) {
    int window = config.window.apply(layer);
    String name = window == 0 ? "causal_mask" : "window_mask." + window;
    return masks.computeIfAbsent(
        window, width -> AttentionMask.causal(draft.ops(name, Scopes.MASK), draft.mask(), width));
  }

  private Value feedForward(Block block, Value x) {
    Value gate = wide(block, x, "gate_proj", 0);
    Value up = wide(block, x, "up_proj", config.intermediate);
    Ops ops = block.ops();
    Value gated = ops.mul("gated", config.activation.apply(ops, gate), up);
    return Linear.apply(
        block.in("down_proj"), gated, config.intermediate, config.hidden, config.biasedFeedForward);
  }

  private Value wide(Block block, Value x, String name, long from) {
    long size = config.intermediate;
    if (!config.fusedProjections) {
      return Linear.apply(block.in(name), x, config.hidden, size, config.biasedFeedForward);
    }
    Block part =
        new Block(block.ops().in(name), block.parameters(), block.module() + ".gate_up_proj");
    return Linear.part(part, x, config.hidden, from, size, 2 * size, config.biasedFeedForward);
  }

  private Value head(Value hidden) {
    return switch (draft.task()) {
      case CAUSAL_LANGUAGE_MODEL -> words(hidden);
      case SEQUENCE_CLASSIFICATION -> LastToken.classes(draft, "score", hidden);
      case TOKEN_CLASSIFICATION -> tokens(hidden);
      case EMBEDDING -> hidden;
      default -> throw draft.noHead();
    };
  }

  private Value tokens(Value hidden) {
    return Heads.linear(draft, "score", hidden, draft.config().labels().size());
  }

  private Value words(Value hidden) {
    Ops ops = draft.ops("lm_head", Scopes.HEAD);
    String table = base + "embed_tokens.weight";
    Value logits = Heads.words(draft, "lm_head", table, config.vocabulary, hidden);
    if (config.logitCap == 0) {
      return logits;
    }
    Value cap = ops.scalar((float) config.logitCap);
    return ops.mul("capped", ops.unary("bent", "Tanh", ops.div("small", logits, cap)), cap);
  }
}
