package io.sparklrp.model;

import io.sparklrp.error.UserException;
import java.io.Serializable;
import java.util.List;

/** Which output is explained, as a user writes it. */
public sealed interface Target extends Serializable {
  /** The output with the highest logit. */
  record Predicted() implements Target {}

  /** One output, or why it rather than another one. */
  record Fixed(int index, int against) implements Target {
    /** Refuses a comparison with itself. */
    public Fixed {
      if (index == against) {
        throw againstItself();
      }
    }
  }

  /** A column of each record names the output. */
  record Column(String column) implements Target {}

  /** Every output, one row each. */
  record All() implements Target {}

  /** The outputs with the highest logits, one row each. */
  record Top(int count) implements Target {}

  /** Several outputs, one row each. */
  record Several(List<Fixed> parts) implements Target {
    /** Copies. */
    public Several {
      parts = List.copyOf(parts);
    }
  }

  /** A class of one token; its predicted one where {@code index} is {@link #NONE}. */
  record Token(int position, int index, int against) implements Target {}

  /** The predicted class of every token that is an entity, one row each. */
  record Entities() implements Target {}

  /**
   * Start, end, or their sum, of an answer; predicted where the position is {@link #NONE}.
   *
   * @param startAt position of the start
   * @param startAgainst the position that it is compared with
   */
  record Span(boolean start, boolean end, int startAt, int endAt, int startAgainst, int endAgainst)
      implements Target {
    /** Refuses a comparison with itself. */
    public Span {
      if ((startAgainst != NONE && startAt == startAgainst)
          || (endAgainst != NONE && endAt == endAgainst)) {
        throw againstItself();
      }
    }

    /** Whether positions are given. */
    public boolean isGiven() {
      return (start && startAt != NONE) || (end && endAt != NONE);
    }
  }

  /** The tokens of a column that follows the text, one row each, or the sum of them. */
  record Completion(String column, boolean isSum) implements Target {}

  /** How alike the text and the second text are: the cosine of their vectors, or their product. */
  record Similarity(boolean isCosine) implements Target {}

  /** Stands for "no other output" in {@link Fixed}. */
  int NONE = -1;

  /** Says that an output was to be compared with itself. */
  private static UserException againstItself() {
    return new UserException(
        "Cannot explain an output against itself: their difference is 0. Name two different ones.");
  }
}
