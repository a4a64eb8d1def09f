package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.block.Activation;

/** What the configuration of an encoder of BERT's kind says. */
record EncoderConfig(
    int vocabulary,
    int positions,
    int types,
    int embedding,
    int hidden,
    int intermediate,
    int layers,
    int heads,
    double epsilon,
    Activation activation) {
  /** Far above any published model; each layer is built before its tensors are looked for. */
  static final int MOST_LAYERS = 1000;

  EncoderConfig {
    checkLayers(layers);
    if (epsilon < 0 || epsilon > 1) {
      throw new UserException(
          String.format(
              "Cannot build the model: layer_norm_eps %s in config.json is not between 0 and 1."
                  + " Correct config.json.",
              epsilon));
    }
    checkHeads(hidden, heads);
  }

  static void checkLayers(int layers) {
    if (layers > MOST_LAYERS) {
      throw new UserException(
          String.format(
              "Cannot build the model: num_hidden_layers %d in config.json is more than %d."
                  + " Correct config.json.",
              layers, MOST_LAYERS));
    }
  }

  static void checkHeads(int hidden, int heads) {
    checkMultiple("hidden_size", hidden, "num_attention_heads", heads);
  }

  /** Refuses a number of a key that is not a multiple of another key's. */
  static void checkMultiple(String key, int number, String divisorKey, int divisor) {
    if (divisor < 1 || number % divisor != 0) {
      throw new UserException(
          String.format(
              "Cannot build the model: %s %d in config.json is not a multiple of %s %d."
                  + " Correct config.json.",
              key, number, divisorKey, divisor));
    }
  }

  static EncoderConfig of(ModelConfig config) {
    String positions = config.text("position_embedding_type", "absolute");
    if (!positions.equals("absolute")) {
      throw new UserException(
          String.format(
              "Cannot build the model: position_embedding_type '%s' in config.json is not supported."
                  + " Use a model with absolute positions.",
              positions));
    }
    if (config.bool("is_decoder", false)) {
      throw new UserException(
          "Cannot build the model: is_decoder in config.json makes a decoder of it, which is not"
              + " supported. Use an encoder.");
    }
    if (config.has("is_decoder") && config.bool("add_cross_attention", false)) {
      throw new UserException(
          "Cannot build the model: add_cross_attention in config.json is for decoders, which are not"
              + " supported. Use an encoder.");
    }
    int hidden = config.integer("hidden_size");
    return new EncoderConfig(
        config.integer("vocab_size"),
        config.integer("max_position_embeddings"),
        config.count("type_vocab_size", 0),
        config.integer("embedding_size", hidden),
        hidden,
        config.integer("intermediate_size"),
        config.integer("num_hidden_layers"),
        config.integer("num_attention_heads"),
        config.decimal("layer_norm_eps"),
        Activation.of(config.text("hidden_act")));
  }

  /** An encoder of images has no words. */
  static EncoderConfig ofImages(ModelConfig config) {
    int hidden = config.integer("hidden_size");
    return new EncoderConfig(
        0,
        0,
        0,
        hidden,
        hidden,
        config.integer("intermediate_size"),
        config.integer("num_hidden_layers"),
        config.integer("num_attention_heads"),
        config.decimal("layer_norm_eps"),
        Activation.of(config.text("hidden_act")));
  }

  /** DistilBERT's configuration has names of its own. */
  static EncoderConfig ofDistilBert(ModelConfig config) {
    int hidden = config.integer("dim");
    return new EncoderConfig(
        config.integer("vocab_size"),
        config.integer("max_position_embeddings"),
        0,
        hidden,
        hidden,
        config.integer("hidden_dim"),
        config.integer("n_layers"),
        config.integer("n_heads"),
        1e-12,
        Activation.of(config.text("activation")));
  }
}
