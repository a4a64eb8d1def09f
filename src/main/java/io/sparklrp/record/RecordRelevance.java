package io.sparklrp.record;

import io.sparklrp.error.RecordException;
import java.util.Optional;

/** What the engine found of one target of a record. */
public final class RecordRelevance {
  private final ModelOutputs outputs;
  private final int predicted;
  private final TargetWeights target;
  private final float score;
  private final float[] relevance;
  private final float[] ledger;
  private final float[] bias;

  /**
   * What was found, from the numbers themselves.
   *
   * @param outputs of the model, which all targets of a record share
   * @param predicted index of the highest
   * @param target what was explained; null for the highest logit or a whole seed
   * @param score the explained score
   * @param relevance of each token
   * @param ledger amounts of the ledger's entries
   */
  public RecordRelevance(
      ModelOutputs outputs,
      int predicted,
      TargetWeights target,
      float score,
      float[] relevance,
      float[] ledger) {
    this(outputs, predicted, target, score, relevance, ledger, null);
  }

  private RecordRelevance(
      ModelOutputs outputs,
      int predicted,
      TargetWeights target,
      float score,
      float[] relevance,
      float[] ledger,
      float[] bias) {
    this.outputs = outputs;
    this.predicted = predicted;
    this.target = target;
    this.score = score;
    this.relevance = relevance;
    this.ledger = ledger;
    this.bias = bias;
  }

  /**
   * The same, and what additive constants add in the rows of its tokens.
   *
   * @param amounts one for each token; empty where it is not told
   */
  public RecordRelevance withBias(Optional<float[]> amounts) {
    return new RecordRelevance(
        outputs, predicted, target, score, relevance, ledger, amounts.orElse(null));
  }

  /** What additive constants add in each token's row; empty where it is not told. */
  public Optional<float[]> bias() {
    return Optional.ofNullable(bias);
  }

  /** The same with other numbers for its tokens. */
  public RecordRelevance with(float... numbers) {
    return new RecordRelevance(outputs, predicted, target, score, numbers, ledger, bias);
  }

  /** The same with other numbers for its tokens, and other amounts of the ledger. */
  public RecordRelevance with(float[] numbers, float[] amounts) {
    return new RecordRelevance(outputs, predicted, target, score, numbers, amounts, bias);
  }

  /** What the graph gave for the record, in its own order: one number a token, mostly. */
  public float[] numbers() {
    return relevance.clone();
  }

  /** The model's outputs. */
  public ModelOutputs outputs() {
    return outputs;
  }

  /**
   * All logits.
   *
   * @throws IllegalStateException if only the highest were kept
   */
  public float[] logits() {
    if (outputs instanceof AllLogits all) {
      return all.values().clone();
    }
    throw new IllegalStateException("Only the highest outputs were kept.");
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

  /** Amount of an entry of the ledger, in the order of the program's entries. */
  public double ledger(int entry) {
    return ledger[entry];
  }

  /** Number of entries of the ledger. */
  public int ledgerSize() {
    return ledger.length;
  }

  /** What is wrong with the numbers: empty where all are finite. */
  public Optional<RecordException> failure() {
    return outputs.areFinite() ? failureBesideOutputs() : Optional.of(notFinite());
  }

  /** The same but for the outputs, which all targets of a record share. */
  public Optional<RecordException> failureBesideOutputs() {
    boolean finite =
        Float.isFinite(score)
            && FiniteNumbers.areAll(relevance)
            && FiniteNumbers.areAll(ledger)
            && (bias == null || FiniteNumbers.areAll(bias));
    return finite ? Optional.empty() : Optional.of(notFinite());
  }

  /** Why a record with such numbers is an error. */
  public static RecordException notFinite() {
    return new RecordException(
        "not-finite", "The model's outputs or their relevance are NaN or infinite.");
  }
}
