package io.sparklrp.assembly;

import io.sparklrp.error.RecordException;
import io.sparklrp.error.UserException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
    boolean isGiven() {
      return (start && startAt != NONE) || (end && endAt != NONE);
    }
  }

  /** The tokens of a column that follows the text, one row each, or the sum of them. */
  record Completion(String column, boolean isSum) implements Target {}

  /** How alike the text and the second text are: the cosine of their vectors, or their product. */
  record Similarity(boolean isCosine) implements Target {}

  /** Stands for "no other output" in {@link Fixed}. */
  int NONE = -1;

  /**
   * The target of a text: {@code predicted}, a label, an index, {@code column:<name>} or {@code
   * contrast:<a>:<b>}.
   *
   * @param labels names of the model's outputs
   * @throws UserException if it is none of these
   */
  static Target parse(String text, List<String> labels) {
    if (text.equals("predicted")) {
      return new Predicted();
    }
    if (text.startsWith("column:") && text.length() > "column:".length()) {
      return new Column(text.substring("column:".length()));
    }
    return fixed(text, labels).orElseThrow(() -> unknown(text, labels));
  }

  /** A label, an index or a contrast of two; empty where the model has no such output. */
  static Optional<Fixed> fixed(String text, List<String> labels) {
    if (text.startsWith("contrast:")) {
      return contrast(text.substring("contrast:".length()), labels);
    }
    int index = indexOf(text, labels);
    return index < 0 ? Optional.empty() : Optional.of(new Fixed(index, NONE));
  }

  private static Optional<Fixed> contrast(String both, List<String> labels) {
    return IntStream.range(0, both.length())
        .filter(i -> both.charAt(i) == ':')
        .filter(
            i ->
                indexOf(both.substring(0, i), labels) >= 0
                    && indexOf(both.substring(i + 1), labels) >= 0)
        .mapToObj(
            i ->
                new Fixed(
                    indexOf(both.substring(0, i), labels), indexOf(both.substring(i + 1), labels)))
        .findFirst();
  }

  private static UserException againstItself() {
    return new UserException(
        "Cannot explain an output against itself: their difference is 0. Name two different ones.");
  }

  private static UserException unknown(String text, List<String> labels) {
    return new UserException(
        String.format(
            "Cannot explain target '%s': the model has no such label or index. Use predicted, one of: %s, an index below"
                + " %d, contrast:<a>:<b> or column:<name>.",
            text, shortened(labels), labels.size()));
  }

  /** The first labels, for messages. */
  static String shortened(List<String> labels) {
    String first = String.join(", ", labels.subList(0, Math.min(20, labels.size())));
    return labels.size() > 20 ? first + ", ..." : first;
  }

  /** The output of a label, or of an index; -1 where there is none. A label wins over an index. */
  static int indexOf(String text, List<String> labels) {
    int label = labels.indexOf(text);
    if (label >= 0) {
      return label;
    }
    boolean isNumber =
        !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int index = isNumber ? Integer.parseInt(text) : NONE;
    return index < labels.size() ? index : NONE;
  }

  /** The output that a record's own label names. */
  static int ofRecord(String text, List<String> labels) throws RecordException {
    int index = text == null ? NONE : indexOf(text, labels);
    if (index < 0) {
      throw new RecordException(
          "unknown-target", "The record's target is no label or index of the model.");
    }
    return index;
  }
}
