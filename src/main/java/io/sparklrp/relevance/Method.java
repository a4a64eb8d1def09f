package io.sparklrp.relevance;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The methods that are a modified gradient: they differ in the rules for a few kinds of nodes only.
 */
public enum Method {
  /** The plain gradient times the input. */
  GRADIENT_X_INPUT("gradient-x-input"),
  /** Attention weights constant (Ali et al. 2022, "LRP (AH)"). */
  LRP_AH("lrp-ah"),
  /** Normalising factors constant (Ali et al. 2022, "LRP (LN)"). */
  LRP_LN("lrp-ln"),
  /** Both (Ali et al. 2022, "LRP (AH+LN)"). */
  LRP_AH_LN("lrp-ah-ln"),
  /** Both, and the identity rule at activations and gates: conservative. */
  LRP("lrp"),
  /**
   * As {@code lrp}, but half of each attention product stays with the token attended to (ours):
   * conservative.
   */
  LRP_STAY("lrp-stay"),
  /** AttnLRP (Achtibat et al. 2024). */
  ATTNLRP("attnlrp");

  private final String id;

  Method(String id) {
    this.id = id;
  }

  /** The name that users write. */
  public String id() {
    return id;
  }

  /** Whether the ledger closes up to rounding: nothing is left over but the residual of float32. */
  public boolean isConservative() {
    return this == LRP || this == LRP_STAY;
  }

  /** The method of a name that users write. */
  public static Optional<Method> of(String id) {
    return Arrays.stream(values()).filter(method -> method.id.equals(id)).findFirst();
  }

  /** All names that users can write. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(Method::id).toList();
  }
}
