package io.sparklrp.forward;

import java.util.List;

/**
 * Phi-3 and Phi-4 (Abdin et al. 2024): Llama whose projections are stored as one tensor, with a
 * window.
 */
final class Phi3 implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("phi3");
  }

  @Override
  public ForwardPass build(Draft draft) {
    DecoderConfig config = DecoderConfig.llama(draft.config(), 0);
    config.fusedProjections = true;
    int window =
        draft.config().has("sliding_window") ? draft.config().count("sliding_window", 0) : 0;
    config.window = layer -> window;
    return new Decoder(draft, config).build();
  }
}
