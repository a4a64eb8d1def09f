package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.forward.block.RotaryEmbedding;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The text part of Gemma 3 (Gemma Team 2025): Gemma 2 with queries and keys normalised head by
 * head, and positions of their own in layers with a window.
 */
final class Gemma3 implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("gemma3_text");
  }

  @Override
  public ForwardPass build(Draft draft) {
    ModelConfig stored = draft.config();
    DecoderConfig config = Gemma2.gemma(stored);
    config.normedHeads = true;
    int pattern = stored.integer("sliding_window_pattern");
    LayerWindows windows =
        LayerWindows.of(stored, config.layers, layer -> (layer + 1) % pattern != 0);
    config.window = Gemma2.window(stored, windows);
    config.rotary = rotary(new RotaryConfig(stored), config, windows);
    return new Decoder(draft, config).build();
  }

  /** What {@code rope_scaling} says is for layers without a window. */
  private static IntFunction<RotaryEmbedding> rotary(
      RotaryConfig stored, DecoderConfig config, LayerWindows windows) {
    RotaryEmbedding far =
        stored.ofLayers("full_attention", "rope_theta", true, config.positions, config.size);
    RotaryEmbedding near =
        stored.ofLayers(
            "sliding_attention", "rope_local_base_freq", false, config.positions, config.size);
    return layer -> windows.isSliding(layer) ? near : far;
  }
}
