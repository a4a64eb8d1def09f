package io.sparklrp.model;

import java.util.Locale;

/** What a classifier's outputs mean (Hugging Face's {@code problem_type}). */
public enum ProblemType {
  /** One of the labels: probabilities by softmax. */
  SINGLE_LABEL_CLASSIFICATION,
  /** Each label by itself: probabilities by sigmoid. */
  MULTI_LABEL_CLASSIFICATION,
  /** Numbers: no probability. */
  REGRESSION;

  /** The type that a configuration names; where it names none, one output is a regression. */
  public static ProblemType of(String name, int outputs) {
    for (ProblemType type : values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
        return type;
      }
    }
    return outputs == 1 ? REGRESSION : SINGLE_LABEL_CLASSIFICATION;
  }
}
