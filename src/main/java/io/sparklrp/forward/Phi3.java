package io.sparklrp.forward;

import io.sparklrp.forward.block.Activation;
import io.sparklrp.forward.block.RotaryEmbedding;
import java.util.List;

/**
 * Phi-3 and Phi-4 (Abdin et al. 2024): Llama whose projections are stored as one tensor, with a
 * window, and only a share of each head turned.
 */
final class Phi3 implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("phi3");
  }

  @Override
  public ForwardPass build(Draft draft) {
    DecoderConfig config = DecoderConfig.bare(draft.config());
    config.activation = Activation.of(draft.config().text("hidden_act"));
    RotaryEmbedding rotary =
        new RotaryConfig(draft.config()).ofShare(config.positions, config.size);
    config.rotary = layer -> rotary;
    config.fusedProjections = true;
    int window = Mistral.window(draft.config());
    config.window = layer -> window;
    return new Decoder(draft, config).build();
  }
}
