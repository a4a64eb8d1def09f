package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.forward.block.Activation;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Gemma 2 (Gemma Team 2024): norms before and after each part, scaled embeddings, a window in every
 * other layer, scores and logits kept small by tanh.
 */
final class Gemma2 implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("gemma2");
  }

  @Override
  public ForwardPass build(Draft draft) {
    ModelConfig stored = draft.config();
    DecoderConfig config = gemma(stored);
    config.scoreCap = cap(stored, "attn_logit_softcapping", 50);
    config.logitCap = cap(stored, "final_logit_softcapping", 30);
    IntFunction<Boolean> sliding = DecoderConfig.sliding(stored, layer -> layer % 2 == 0);
    int width = stored.integer("sliding_window", 4096);
    config.window = layer -> sliding.apply(layer) ? width : 0;
    return new Decoder(draft, config).build();
  }

  private static double cap(ModelConfig stored, String key, double absent) {
    return stored.isNull(key) ? 0 : stored.decimal(key, absent);
  }

  /** What Gemma 2 and 3 have in common. */
  static DecoderConfig gemma(ModelConfig stored) {
    DecoderConfig config = DecoderConfig.llama(stored, 256);
    config.activation = Activation.of(stored.text("hidden_activation", "gelu_pytorch_tanh"));
    config.biasedProjections = stored.bool("attention_bias", false);
    config.biasedOutput = config.biasedProjections;
    config.sandwichNorms = true;
    config.gammaOffset = 1;
    config.embeddingScale = java.util.Optional.of((float) Math.sqrt(config.hidden));
    config.attentionScale = 1 / Math.sqrt(stored.decimal("query_pre_attn_scalar", 256));
    config.tied = stored.bool("tie_word_embeddings", true);
    return config;
  }
}
