package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import java.util.List;

/** Mistral (Jiang et al. 2023): Llama with a window in all layers. */
final class Mistral implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("mistral");
  }

  @Override
  public ForwardPass build(Draft draft) {
    DecoderConfig config = DecoderConfig.llama(draft.config());
    int window = window(draft.config());
    config.window = layer -> window;
    return new Decoder(draft, config).build();
  }

  /** The window of all layers; 0 for none. */
  static int window(ModelConfig config) {
    return config.has("sliding_window") ? config.integer("sliding_window") : 0;
  }
}
