package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.block.RotaryEmbedding;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The text part of Gemma 3 (Gemma Team 2025): Gemma 2 with queries and keys normalised head by
 * head, and positions of their own in layers with a window.
 */
final class Gemma3 implements Architecture {
  private static final int PATTERN = 6;

  @Override
  public List<String> modelTypes() {
    return List.of("gemma3_text");
  }

  @Override
  public ForwardPass build(Draft draft) {
    ModelConfig stored = draft.config();
    if (stored.bool("use_bidirectional_attention", false)) {
      throw new UserException(
          "Cannot build the model: use_bidirectional_attention in config.json is not supported."
              + " Export the model to ONNX and give --model model.onnx.");
    }
    DecoderConfig config = Gemma2.gemma(stored);
    config.normedHeads = true;
    config.logitCap =
        stored.has("final_logit_softcapping") ? stored.decimal("final_logit_softcapping", 0) : 0;
    int pattern =
        stored.integer(
            "sliding_window_pattern", stored.integer("_sliding_window_pattern", PATTERN));
    IntFunction<Boolean> sliding =
        DecoderConfig.sliding(stored, layer -> (layer + 1) % pattern != 0);
    int width = stored.integer("sliding_window", 4096);
    config.window = layer -> sliding.apply(layer) ? width : 0;
    config.rotary = rotary(stored, config, sliding);
    return new Decoder(draft, config).build();
  }

  private static IntFunction<RotaryEmbedding> rotary(
      ModelConfig stored, DecoderConfig config, IntFunction<Boolean> sliding) {
    Optional<ModelConfig> byType = stored.child("rope_parameters");
    Optional<ModelConfig> whole = byType.flatMap(types -> types.child("full_attention"));
    Optional<ModelConfig> windowed = byType.flatMap(types -> types.child("sliding_attention"));
    double global = theta(whole, stored.decimal("rope_theta", 1e6));
    double local = theta(windowed, stored.decimal("rope_local_base_freq", 1e4));
    RotaryEmbedding far =
        RotaryConfig.scaled(
            RotaryEmbedding.of("rotary.full", config.positions, global, config.size, config.size),
            whole.or(() -> stored.child("rope_scaling")));
    RotaryEmbedding near =
        RotaryConfig.scaled(
            RotaryEmbedding.of("rotary.sliding", config.positions, local, config.size, config.size),
            windowed);
    return layer -> sliding.apply(layer) ? near : far;
  }

  private static double theta(Optional<ModelConfig> parameters, double absent) {
    return parameters.map(found -> found.decimal("rope_theta", absent)).orElse(absent);
  }
}
