package io.sparklrp.relevance;

/** How finely additive constants are booked. */
public enum LedgerDetail {
  /**
   * One entry for each part of the model: {@code embeddings}, {@code layer.0}, ..., {@code head}.
   */
  LAYER,
  /**
   * One entry for each parameter, by its name in the checkpoint; for tests and for looking into a
   * model.
   */
  PARAMETER
}
