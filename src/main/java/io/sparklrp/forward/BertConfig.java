package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.block.Activation;

/** What BERT's configuration says, with Hugging Face's defaults for what it leaves out. */
record BertConfig(
    int vocabulary,
    int positions,
    int types,
    int hidden,
    int intermediate,
    int layers,
    int heads,
    double epsilon,
    Activation activation,
    int labels) {
  /** Far above any published model; each layer is built before its tensors are looked for. */
  private static final int MOST_LAYERS = 1000;

  BertConfig {
    if (layers > MOST_LAYERS) {
      throw new UserException(
          String.format(
              "Cannot build the model: num_hidden_layers %d in config.json is more than %d."
                  + " Correct config.json.",
              layers, MOST_LAYERS));
    }
    if (epsilon < 0 || epsilon > 1) {
      throw new UserException(
          String.format(
              "Cannot build the model: layer_norm_eps %s in config.json is not between 0 and 1."
                  + " Correct config.json.",
              epsilon));
    }
    if (heads < 1 || hidden % heads != 0) {
      throw new UserException(
          String.format(
              "Cannot build the model: hidden_size %d in config.json is not a multiple of num_attention_heads %d."
                  + " Correct config.json.",
              hidden, heads));
    }
  }

  static BertConfig of(ModelConfig config) {
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
    return new BertConfig(
        config.integer("vocab_size", 30522),
        config.integer("max_position_embeddings", 512),
        config.integer("type_vocab_size", 2),
        config.integer("hidden_size", 768),
        config.integer("intermediate_size", 3072),
        config.integer("num_hidden_layers", 12),
        config.integer("num_attention_heads", 12),
        config.decimal("layer_norm_eps", 1e-12),
        Activation.of(config.text("hidden_act", "gelu")),
        config.labels().size());
  }
}
