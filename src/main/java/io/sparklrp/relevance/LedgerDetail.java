package io.sparklrp.relevance;

/**
 * How finely the ledger books: one entry for each part of the model that adds constants, {@code
 * embeddings}, {@code layer.0}, ..., {@code head}, and more where it is asked for.
 *
 * @param isByParameter one entry for each parameter instead, by its name in the checkpoint; for
 *     tests and for looking into a model
 * @param isByToken what additive constants in rows of tokens add is told of each token too
 * @param isByCause what nodes of each kind absorb in each part of the model is booked too, so that
 *     the ledger closes whatever the method: see {@link Absorption}
 */
public record LedgerDetail(boolean isByParameter, boolean isByToken, boolean isByCause) {
  /** Parts of the model alone. */
  public static final LedgerDetail LAYER = new LedgerDetail(false, false, false);

  /** Each parameter. */
  public static final LedgerDetail PARAMETER = new LedgerDetail(true, false, false);

  /** Parts of the model, and tokens. */
  public static final LedgerDetail TOKEN = new LedgerDetail(false, true, false);

  /** Parts of the model, and causes. */
  public static final LedgerDetail CAUSE = new LedgerDetail(false, false, true);
}
