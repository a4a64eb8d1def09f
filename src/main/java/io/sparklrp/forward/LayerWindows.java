package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import java.util.List;
import java.util.function.IntPredicate;

/** Which layers see only a window of the text: as {@code layer_types} says, or by a rule. */
final class LayerWindows {
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";

  private final List<String> types;
  private final IntPredicate absent;

  private LayerWindows(List<String> types, IntPredicate absent) {
    this.types = types;
    this.absent = absent;
  }

  /**
   * The windows of a model.
   *
   * @param layers number of layers
   * @param absent the rule where {@code layer_types} is missing
   * @throws UserException if {@code layer_types} names another kind, or too few or many
   */
  static LayerWindows of(ModelConfig config, int layers, IntPredicate absent) {
    List<String> types = config.texts("layer_types");
    for (String type : types) {
      if (!type.equals(SLIDING) && !type.equals(FULL)) {
        throw new UserException(
            String.format(
                "Cannot build the model: layer_types in config.json names '%s', which is not supported."
                    + " Use a model with one of: %s, %s.",
                type, FULL, SLIDING));
      }
    }
    if (!types.isEmpty() && types.size() != layers) {
      throw new UserException(
          String.format(
              "Cannot build the model: layer_types in config.json names %d layers, and there are %d."
                  + " Correct config.json.",
              types.size(), layers));
    }
    return new LayerWindows(types, absent);
  }

  /** Whether a layer has a window. */
  boolean isSliding(int layer) {
    return types.isEmpty() ? absent.test(layer) : types.get(layer).equals(SLIDING);
  }

  /** Whether {@code layer_types} asks for a window somewhere. */
  boolean areAskedFor() {
    return types.contains(SLIDING);
  }
}
