package io.sparklrp.relevance;

/** How finely the ledger books. */
public enum LedgerDetail {
  /**
   * One entry for each part of the model that adds constants: {@code embeddings}, {@code layer.0},
   * ..., {@code head}.
   */
  LAYER,
  /**
   * One entry for each parameter, by its name in the checkpoint; for tests and for looking into a
   * model.
   */
  PARAMETER,
  /** As by layer; what additive constants in rows of tokens add is told of each token too. */
  TOKEN,
  /**
   * As by layer, and what nodes of each kind absorb in each part of the model, so that the ledger
   * closes whatever the method: see {@link Absorption}.
   */
  CAUSE
}
