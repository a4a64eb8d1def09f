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
  boolean tied;

  /** How many keys a query of a layer sees; 0 for all. */
  IntFunction<Integer> window = layer -> 0;

  /** The rotary embedding of a layer. */
  IntFunction<RotaryEmbedding> rotary;

  private DecoderConfig(ModelConfig config, int absentSize) {
    hidden = config.integer("hidden_size", 4096);
    heads = config.integer("num_attention_heads", 32);
    groups = config.integer("num_key_value_heads", heads);
    size = config.integer("head_dim", absentSize == 0 ? Math.max(1, hidden / heads) : absentSize);
    vocabulary = config.integer("vocab_size", 32000);
    intermediate = config.integer("intermediate_size", 11008);
    layers = config.integer("num_hidden_layers", 32);
    positions = RotaryConfig.positions(config, 2048);
    epsilon = config.decimal("rms_norm_eps", 1e-6);
    tied = config.bool("tie_word_embeddings", false);
    attentionScale = 1 / Math.sqrt(size);
    EncoderConfig.checkLayers(layers);
    EncoderConfig.checkMultiple("num_attention_heads", heads, "num_key_value_heads", groups);
  }

  /**
   * Llama's, as far as the configuration does not say otherwise.
   *
   * @param absentSize size of a head where the configuration has none; 0 for hidden / heads
   */
  static DecoderConfig llama(ModelConfig config, int absentSize) {
    DecoderConfig decoder = new DecoderConfig(config, absentSize);
    if (absentSize == 0 && !config.has("head_dim")) {
      EncoderConfig.checkHeads(decoder.hidden, decoder.heads);
    }
    decoder.activation = Activation.of(config.text("hidden_act", "silu"));
    RotaryEmbedding rotary =
        new RotaryConfig(config).embedding(decoder.positions, 10000, decoder.size);
    decoder.rotary = layer -> rotary;
    return decoder;
  }

  /** Layers that {@code layer_types} or a rule of the architecture says to have a window. */
  static IntFunction<Boolean> sliding(ModelConfig config, IntFunction<Boolean> absent) {
    var types = config.texts("layer_types");
    return layer ->
        layer < types.size() ? types.get(layer).equals("sliding_attention") : absent.apply(layer);
  }
}
