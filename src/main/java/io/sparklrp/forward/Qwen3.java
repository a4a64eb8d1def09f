package io.sparklrp.forward;

import java.util.List;

/** Qwen 3 (Yang et al. 2025): Llama with queries and keys normalised head by head. */
final class Qwen3 implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("qwen3");
  }

  @Override
  public ForwardPass build(Draft draft) {
    DecoderConfig config = DecoderConfig.llama(draft.config());
    config.biasedProjections = draft.config().bool("attention_bias");
    config.biasedOutput = config.biasedProjections;
    config.normedHeads = true;
    config.window = Qwen2.window(draft.config(), config.layers);
    return new Decoder(draft, config).build();
  }
}
