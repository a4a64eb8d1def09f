package io.sparklrp.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Parts of the output that can be left out; they are null then. */
public enum Omission {
  /** {@code prediction.logits}. */
  LOGITS,
  /** {@code words}. */
  WORDS,
  /** {@code ledger.bias_by_layer}. */
  BIAS_BY_LAYER;

  /** The name that users write. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The part of a name. */
  public static Optional<Omission> of(String id) {
    return Arrays.stream(values()).filter(part -> part.id().equals(id)).findFirst();
  }

  /** All names. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(Omission::id).toList();
  }
}
