package io.sparklrp.forward;

import java.util.List;

/** Mistral (Jiang et al. 2023): Llama with a window in all layers. */
final class Mistral implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("mistral");
  }

  @Override
  public ForwardPass build(Draft draft) {
    DecoderConfig config = DecoderConfig.llama(draft.config(), 0);
    int window =
        draft.config().has("sliding_window") ? draft.config().count("sliding_window", 0) : 0;
    config.window = layer -> window;
    return new Decoder(draft, config).build();
  }
}
