package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import java.util.List;
import java.util.function.IntFunction;

/** Qwen 2 and 2.5 (Yang et al. 2024): Llama with biases of queries, keys and values. */
final class Qwen2 implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("qwen2");
  }

  @Override
  public ForwardPass build(Draft draft) {
    DecoderConfig config = DecoderConfig.llama(draft.config());
    config.biasedProjections = true;
    config.window = window(draft.config(), config.layers);
    return new Decoder(draft, config).build();
  }

  /** A window, where it is switched on, in the layers above the first few. */
  static IntFunction<Integer> window(ModelConfig config, int layers) {
    boolean isOn = config.bool("use_sliding_window") && config.has("sliding_window");
    int width = isOn ? config.integer("sliding_window") : 0;
    int first = config.count("max_window_layers");
    LayerWindows windows = LayerWindows.of(config, layers, layer -> layer >= first);
    if (!isOn && windows.areAskedFor()) {
      throw new UserException(
          "Cannot build the model: layer_types in config.json names sliding_attention, but"
              + " use_sliding_window and sliding_window do not switch it on. Correct config.json.");
    }
    return layer -> isOn && windows.isSliding(layer) ? width : 0;
  }
}
