package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.block.RotaryEmbedding;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * What a configuration says of rotary embeddings, in both layouts: as published ({@code
 * rope_theta}, {@code rope_scaling}) and as transformers 5 writes it ({@code rope_parameters}).
 */
final class RotaryConfig {
  /** Explaining takes memory by the square of the length: tables end here. */
  private static final int MOST_POSITIONS = 16_384;

  private final ModelConfig config;

  RotaryConfig(ModelConfig config) {
    this.config = config;
  }

  /** Positions that tables are made for. */
  static int positions(ModelConfig config, int absent) {
    return Math.min(config.integer("max_position_embeddings", absent), MOST_POSITIONS);
  }

  /** The base of the frequencies. */
  double theta(double absent) {
    double published = config.decimal("rope_theta", absent);
    return config
        .child("rope_parameters")
        .map(parameters -> parameters.decimal("rope_theta", published))
        .orElse(published);
  }

  /** The share of a head that is turned. */
  double turnedShare() {
    double published = config.decimal("partial_rotary_factor", 1);
    return config
        .child("rope_parameters")
        .map(parameters -> parameters.decimal("partial_rotary_factor", published))
        .orElse(published);
  }

  /** An embedding of a model with one kind of layers. */
  RotaryEmbedding embedding(int positions, double absentTheta, long size) {
    long turned = (long) (size * turnedShare());
    RotaryEmbedding plain =
        RotaryEmbedding.of("rotary", positions, theta(absentTheta), turned, size);
    return scaled(plain, scaling());
  }

  /** The scaling of frequencies; empty for none. */
  Optional<ModelConfig> scaling() {
    return config.child("rope_parameters").or(() -> config.child("rope_scaling"));
  }

  /** An embedding whose frequencies are scaled as an object of the configuration says. */
  static RotaryEmbedding scaled(RotaryEmbedding plain, Optional<ModelConfig> scaling) {
    if (scaling.isEmpty()) {
      return plain;
    }
    ModelConfig how = scaling.get();
    String type = how.text("rope_type", how.text("type", "default"));
    return switch (type) {
      case "default" -> plain;
      case "linear" -> {
        double factor = how.decimal("factor", 1);
        yield plain.scaled(frequency -> frequency / factor);
      }
      case "llama3" -> plain.scaled(llama3(how));
      default ->
          throw new UserException(
              String.format(
                  "Cannot build the model: rope_type '%s' in config.json is not supported. Use a model with one"
                      + " of: default, linear, llama3.",
                  type));
    };
  }

  /**
   * Llama 3.1: long wavelengths are stretched, short ones stay, those between are mixed (Hugging
   * Face's {@code _compute_llama3_parameters}).
   */
  private static DoubleUnaryOperator llama3(ModelConfig how) {
    double factor = how.decimal("factor", 8);
    double low = how.decimal("low_freq_factor", 1);
    double high = how.decimal("high_freq_factor", 4);
    double original = how.integer("original_max_position_embeddings", 8192);
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
}
