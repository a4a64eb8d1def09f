package io.sparklrp.attribution;

import io.sparklrp.model.ProblemType;

/** How a logit becomes a probability. */
public enum Probability {
  /** Over all outputs: one of the labels. */
  SOFTMAX,
  /** Of each output by itself: several labels. */
  SIGMOID,
  /** Not at all: a number. */
  NONE;

  /** How the logits of a classifier become probabilities. */
  static Probability of(ProblemType type) {
    return switch (type) {
      case SINGLE_LABEL_CLASSIFICATION -> SOFTMAX;
      case MULTI_LABEL_CLASSIFICATION -> SIGMOID;
      case REGRESSION -> NONE;
    };
  }

  /** The probability of an output; null where there is none. */
  public Float of(float[] logits, int index) {
    return switch (this) {
      case SOFTMAX -> softmax(logits, index);
      case SIGMOID, NONE -> ofHighest(logits[index], 0);
    };
  }

  /**
   * The same of the highest output.
   *
   * @param logSum logarithm of the sum of all exponentials over its own
   */
  Float ofHighest(float logit, float logSum) {
    return switch (this) {
      case SOFTMAX -> (float) Math.exp(-logSum);
      case SIGMOID -> (float) (1 / (1 + Math.exp(-logit)));
      case NONE -> null;
    };
  }

  private static float softmax(float[] logits, int index) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double total = 0;
    for (float logit : logits) {
      total += Math.exp(logit - largest);
    }
    return (float) (Math.exp(logits[index] - largest) / total);
  }
}
