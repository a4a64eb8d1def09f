package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.forward.block.Activation;
import io.sparklrp.forward.block.RotaryEmbedding;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What decoders of Llama's kind differ in. An architecture starts from {@link #llama} and changes
 * what is different.
 */
final class DecoderConfig {
  final int vocabulary;
  final int hidden;
  final int intermediate;
  final int layers;
  final int heads;
  final int groups;
  final int size;
  final int positions;
  final double epsilon;
  Activation activation;
  boolean biasedProjections;
  boolean biasedOutput;
  boolean biasedFeedForward;
  boolean normedHeads;
  boolean sandwichNorms;
  boolean fusedProjections;
  float gammaOffset;
  Optional<Float> embeddingScale = Optional.empty();
  double attentionScale;
  double scoreCap;
  double logitCap;

  /** How many keys a query of a layer sees; 0 for all. */
  IntFunction<Integer> window = layer -> 0;

  /** The rotary embedding of a layer. */
  IntFunction<RotaryEmbedding> rotary;

  private DecoderConfig(ModelConfig config) {
    hidden = config.integer("hidden_size");
    heads = config.integer("num_attention_heads");
    groups = config.integer("num_key_value_heads", heads);
    size = config.integer("head_dim", Math.max(1, hidden / heads));
    vocabulary = config.integer("vocab_size");
    intermediate = config.integer("intermediate_size");
    layers = config.integer("num_hidden_layers");
    positions = RotaryConfig.positions(config);
    epsilon = config.decimal("rms_norm_eps");
    attentionScale = 1 / Math.sqrt(size);
    EncoderConfig.checkLayers(layers);
    EncoderConfig.checkMultiple("num_attention_heads", heads, "num_key_value_heads", groups);
  }

  /** Llama's, with an activation and rotary embeddings still to be set. */
  static DecoderConfig bare(ModelConfig config) {
    DecoderConfig decoder = new DecoderConfig(config);
    if (!config.has("head_dim")) {
      EncoderConfig.checkHeads(decoder.hidden, decoder.heads);
    }
    return decoder;
  }

  /** Llama's, as far as the configuration does not say otherwise. */
  static DecoderConfig llama(ModelConfig config) {
    DecoderConfig decoder = bare(config);
    decoder.activation = Activation.of(config.text("hidden_act"));
    RotaryEmbedding rotary = new RotaryConfig(config).embedding(decoder.positions, decoder.size);
    decoder.rotary = layer -> rotary;
    return decoder;
  }
}
