package io.sparklrp.forward;

import java.util.List;

/**
 * Llama (Touvron et al. 2023; Grattafiori et al. 2024), with biases where its configuration asks
 * for them.
 */
final class Llama implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("llama");
  }

  @Override
  public ForwardPass build(Draft draft) {
    DecoderConfig config = DecoderConfig.llama(draft.config());
    config.biasedProjections = draft.config().bool("attention_bias");
    config.biasedOutput = config.biasedProjections;
    config.biasedFeedForward = draft.config().bool("mlp_bias");
    return new Decoder(draft, config).build();
  }
}
