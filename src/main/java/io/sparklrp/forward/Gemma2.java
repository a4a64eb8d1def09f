package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.block.Activation;
import io.sparklrp.forward.block.RotaryEmbedding;
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
    config.scoreCap = cap(stored, "attn_logit_softcapping");
    RotaryEmbedding rotary = new RotaryConfig(stored).embedding(config.positions, config.size);
    config.rotary = layer -> rotary;
    LayerWindows windows = LayerWindows.of(stored, config.layers, layer -> layer % 2 == 0);
    config.window = window(stored, windows);
    return new Decoder(draft, config).build();
  }

  /** The width of the windows, which must be there where a layer has one. */
  static IntFunction<Integer> window(ModelConfig stored, LayerWindows windows) {
    return layer -> windows.isSliding(layer) ? stored.integer("sliding_window") : 0;
  }

  private static double cap(ModelConfig stored, String key) {
    return stored.has(key) ? stored.decimal(key) : 0;
  }

  /** What Gemma 2 and 3 have in common. */
  static DecoderConfig gemma(ModelConfig stored) {
    if (stored.bool("use_bidirectional_attention", false)) {
      throw new UserException(
          "Cannot build the model: use_bidirectional_attention in config.json is not supported."
              + " Export the model to ONNX and give --model model.onnx.");
    }
    DecoderConfig config = DecoderConfig.bare(stored);
    config.activation = Activation.of(stored.text("hidden_activation"));
    config.biasedProjections = stored.bool("attention_bias");
    config.biasedOutput = config.biasedProjections;
    config.sandwichNorms = true;
    config.gammaOffset = 1;
    config.embeddingScale = java.util.Optional.of((float) Math.sqrt(config.hidden));
    config.attentionScale = 1 / Math.sqrt(stored.decimal("query_pre_attn_scalar"));
    config.logitCap = cap(stored, "final_logit_softcapping");
    return config;
  }
}
