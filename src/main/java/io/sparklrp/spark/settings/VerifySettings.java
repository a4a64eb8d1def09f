package io.sparklrp.spark.settings;

import java.util.List;

/**
 * One run of {@code verify}.
 *
 * @param input an output of {@code explain}
 * @param models where models are that are no longer where they were
 * @param sample most rows of each model, method and target that are made again
 * @param seed chooses them
 */
public record VerifySettings(InputSettings input, List<String> models, int sample, long seed) {
  /** Rows that are made again, unless another number is given. */
  public static final int SAMPLE = 100;

  /** Copies. */
  public VerifySettings {
    models = List.copyOf(models);
  }
}
