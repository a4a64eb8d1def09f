package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.block.RotaryEmbedding;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * What a configuration says of rotary embeddings, in both layouts: as published ({@code
 * rope_theta}, {@code rope_scaling}) and as transformers 5 writes it ({@code rope_parameters}).
 * Where both are there, what counts is what transformers 5 makes of them.
 */
final class RotaryConfig {
  /** Explaining takes memory by the square of the length: tables end here. */
  private static final int MOST_POSITIONS = 16_384;

  private static final List<String> LAYERS = List.of("full_attention", "sliding_attention");
  private static final String SHARE = "partial_rotary_factor";

  private final ModelConfig config;

  RotaryConfig(ModelConfig config) {
    this.config = config;
  }

  /** Positions that tables are made for. */
  static int positions(ModelConfig config) {
    return Math.min(config.integer("max_position_embeddings"), MOST_POSITIONS);
  }

  /** An embedding of a model with one kind of layers. */
  RotaryEmbedding embedding(int positions, long size) {
    Optional<ModelConfig> parameters = parameters();
    parameters.ifPresent(RotaryConfig::refuseKindsOfLayers);
    return embedding("rotary", positions, theta(parameters, "rope_theta"), size, size, parameters);
  }

  /** The same where only a share of each head is turned, as the configuration says. */
  RotaryEmbedding ofShare(int positions, long size) {
    Optional<ModelConfig> parameters = parameters();
    parameters.ifPresent(RotaryConfig::refuseKindsOfLayers);
    double whole = config.decimal(SHARE, 1);
    long turned = (long) (size * parameters.map(p -> p.decimal(SHARE, whole)).orElse(whole));
    if (!type(parameters).equals("default")) {
      throw unsupported(type(parameters), "default");
    }
    return RotaryEmbedding.of("rotary", positions, theta(parameters, "rope_theta"), turned, size);
  }

  /** The object that counts: the published one goes first. */
  private Optional<ModelConfig> parameters() {
    return config
        .child("rope_scaling")
        .filter(scaling -> !scaling.isEmpty())
        .or(() -> config.child("rope_parameters"));
  }

  /**
   * An embedding of one kind of layers of a model that has several.
   *
   * @param kind the layers, as {@code layer_types} calls them
   * @param published the key of the base of the frequencies in the published layout
   * @param isScaled whether {@code rope_scaling} is for these layers too
   */
  RotaryEmbedding ofLayers(
      String kind, String published, boolean isScaled, int positions, long size) {
    Optional<ModelConfig> own = config.child("rope_parameters").flatMap(kinds -> kinds.child(kind));
    Optional<ModelConfig> scaling = isScaled ? config.child("rope_scaling") : Optional.empty();
    Optional<ModelConfig> both =
        own.isPresent() && scaling.isPresent()
            ? Optional.of(own.get().with(scaling.get()))
            : own.or(() -> scaling);
    return embedding("rotary." + kind, positions, theta(both, published), size, size, both);
  }

  private double theta(Optional<ModelConfig> parameters, String published) {
    return parameters
        .filter(found -> found.has("rope_theta"))
        .map(found -> found.decimal("rope_theta"))
        .orElseGet(() -> config.decimal(published));
  }

  private static void refuseKindsOfLayers(ModelConfig parameters) {
    for (String kind : LAYERS) {
      if (parameters.has(kind)) {
        throw new UserException(
            String.format(
                "Cannot build the model: rope_parameters in config.json are by kind of layer (%s), and all layers of"
                    + " this model_type have the same. Correct config.json.",
                kind));
      }
    }
  }

  private static String type(Optional<ModelConfig> parameters) {
    return parameters
        .map(how -> how.text("rope_type", how.text("type", "default")))
        .orElse("default");
  }

  /** An embedding whose frequencies are scaled as an object of the configuration says. */
  private RotaryEmbedding embedding(
      String name,
      int positions,
      double theta,
      long turned,
      long size,
      Optional<ModelConfig> parameters) {
    RotaryEmbedding plain = RotaryEmbedding.of(name, positions, theta, turned, size);
    String type = type(parameters);
    if (type.equals("default")) {
      return plain;
    }
    ModelConfig how = parameters.orElseThrow();
    refuseShare(how, type);
    return switch (type) {
      case "linear" -> {
        double factor = how.decimal("factor");
        yield plain.scaled(frequency -> frequency / factor);
      }
      case "llama3" -> plain.scaled(llama3(how));
      default -> throw unsupported(type, "default, linear, llama3");
    };
  }

  /** Hugging Face makes fewer frequencies then, which its models cannot use. */
  private void refuseShare(ModelConfig how, String type) {
    if (how.decimal(SHARE, config.decimal(SHARE, 1)) != 1) {
      throw new UserException(
          String.format(
              "Cannot build the model: %s in config.json is not supported with rope_type '%s'."
                  + " Correct config.json.",
              SHARE, type));
    }
  }

  private static UserException unsupported(String type, String supported) {
    return new UserException(
        String.format(
            "Cannot build the model: rope_type '%s' in config.json is not supported. Use a model with one"
                + " of: %s.",
            type, supported));
  }

  /**
   * Llama 3.1: long wavelengths are stretched, short ones stay, those between are mixed (Hugging
   * Face's {@code _compute_llama3_parameters}).
   */
  private DoubleUnaryOperator llama3(ModelConfig how) {
    double factor = how.decimal("factor");
    double low = how.decimal("low_freq_factor");
    double high = how.decimal("high_freq_factor");
    double original = original(how);
    return frequency -> {
      double turns = original * frequency / (2 * Math.PI);
      if (turns < low) {
        return frequency / factor;
      }
      if (turns > high) {
        return frequency;
      }
      double smooth = (turns - low) / (high - low);
      return (1 - smooth) * frequency / factor + smooth * frequency;
    };
  }

  /** The length that a model was made for at first; beside the object it goes before inside. */
  private double original(ModelConfig how) {
    String key = "original_max_position_embeddings";
    return config.has(key)
        ? config.integer(key)
        : how.integer(key, config.integer("max_position_embeddings"));
  }
}
