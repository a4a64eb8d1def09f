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
    boolean isOff = draft.config().isNull("sliding_window");
    int window = isOff ? 0 : draft.config().count("sliding_window", 4096);
    config.window = layer -> window;
    return new Decoder(draft, config).build();
  }
}
