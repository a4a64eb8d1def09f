package io.sparklrp.record;

import io.sparklrp.engine.ExplanationModel;
import io.sparklrp.error.RecordException;
import java.util.Arrays;
import java.util.Optional;

/** What the engine found of one target of a record. */
public final class RecordRelevance {
  private final float[] logits;
  private final int predicted;
  private final TargetWeights target;
  private final float score;
  private final float[] relevance;
  private final float[] ledger;

  /**
   * What was found, from the numbers themselves.
   *
   * @param logits all outputs
   * @param predicted index of the highest
   * @param target what was explained; null for the highest logit or a whole seed
   * @param score the explained score
   * @param relevance of each token
   * @param ledger amounts of the ledger's entries
   */
  public RecordRelevance(
      float[] logits,
      int predicted,
      TargetWeights target,
      float score,
      float[] relevance,
      float[] ledger) {
    this.logits = logits;
    this.predicted = predicted;
    this.target = target;
    this.score = score;
    this.relevance = relevance;
    this.ledger = ledger;
  }

  /** All outputs of the model. */
  public float[] logits() {
    return logits.clone();
  }

  /** Some of the outputs, from one to before another. */
  public float[] logits(int from, int to) {
    return Arrays.copyOfRange(logits, from, to);
  }

  /** Index of the highest logit. */
  public int predicted() {
    return predicted;
  }

  /** What was explained; empty where it is the highest logit, or a seed that was given whole. */
  public Optional<TargetWeights> target() {
    return Optional.ofNullable(target);
  }

  /** The explained score: the seed times the logits. */
  public double score() {
    return score;
  }

  /** Relevance of a token, in units of the score. */
  public float relevance(int token) {
    return relevance[token];
  }

  /** Number of tokens. */
  public int tokens() {
    return relevance.length;
  }

  /** Amount of an entry of the ledger, in the order of {@link ExplanationModel#ledgerEntries}. */
  public double ledger(int entry) {
    return ledger[entry];
  }

  /** Number of entries of the ledger. */
  public int ledgerSize() {
    return ledger.length;
  }

  /** What is wrong with the numbers: empty where all are finite. */
  public Optional<RecordException> failure() {
    return allFinite(logits) ? failureBesideOutputs() : Optional.of(notFinite());
  }

  /** The same but for the outputs, which all targets of a record share. */
  public Optional<RecordException> failureBesideOutputs() {
    boolean finite = Float.isFinite(score) && allFinite(relevance) && allFinite(ledger);
    return finite ? Optional.empty() : Optional.of(notFinite());
  }

  private static RecordException notFinite() {
    return new RecordException(
        "not-finite", "The model's outputs or their relevance are NaN or infinite.");
  }

  private static boolean allFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
