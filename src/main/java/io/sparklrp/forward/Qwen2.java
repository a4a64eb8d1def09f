package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
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
    DecoderConfig config = DecoderConfig.llama(draft.config(), 0);
    config.biasedProjections = true;
    config.window = window(draft.config());
    return new Decoder(draft, config).build();
  }

  /** A window, where it is switched on, in the layers above the first few. */
  static IntFunction<Integer> window(ModelConfig config) {
    boolean isOn = config.bool("use_sliding_window", false) && !config.isNull("sliding_window");
    int width = isOn ? config.integer("sliding_window", 4096) : 0;
    int first = config.count("max_window_layers", 28);
    IntFunction<Boolean> sliding = DecoderConfig.sliding(config, layer -> layer >= first);
    return layer -> isOn && sliding.apply(layer) ? width : 0;
  }
}
