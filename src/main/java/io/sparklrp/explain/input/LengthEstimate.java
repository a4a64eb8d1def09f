package io.sparklrp.explain.input;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** How many tokens a record has, as far as its columns tell without a tokenizer. */
public sealed interface LengthEstimate extends Serializable {
  /** Characters of a token, on average. */
  double CHARACTERS = 4;

  /** Tokens that are put around a text. */
  int SPECIAL = 2;

  /** The columns whose characters tell; none where all records have as many tokens. */
  List<String> columns();

  /** Tokens of a record, of which the columns have so many characters. */
  double tokens(long... characters);

  /**
   * What a record costs.
   *
   * @param ofRun what it costs to run so many tokens at once
   * @param characters those of the columns
   */
  double cost(DoubleUnaryOperator ofRun, long... characters);

  /** Tokens of texts that are read as one. */
  private static double whole(long... characters) {
    return Arrays.stream(characters).sum() / CHARACTERS + SPECIAL;
  }

  /** All records have as many. */
  record Fixed(int tokens) implements LengthEstimate {
    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public double tokens(long... characters) {
      return tokens;
    }

    @Override
    public double cost(DoubleUnaryOperator ofRun, long... characters) {
      return ofRun.applyAsDouble(tokens);
    }
  }

  /**
   * By the characters of texts, which are cut.
   *
   * @param columns the texts
   * @param maxLength most tokens
   */
  record Cut(List<String> columns, int maxLength) implements LengthEstimate {
    /** Copies. */
    public Cut {
      columns = List.copyOf(columns);
    }

    @Override
    public double tokens(long... characters) {
      return Math.min(whole(characters), maxLength);
    }

    @Override
    public double cost(DoubleUnaryOperator ofRun, long... characters) {
      return ofRun.applyAsDouble(tokens(characters));
    }
  }

  /**
   * By the characters of texts, each of which is cut and run by itself.
   *
   * @param columns the texts
   * @param maxLength most tokens of each
   */
  record Each(List<String> columns, int maxLength) implements LengthEstimate {
    /** Copies. */
    public Each {
      columns = List.copyOf(columns);
    }

    @Override
    public double tokens(long... characters) {
      return cost(tokens -> tokens, characters);
    }

    @Override
    public double cost(DoubleUnaryOperator ofRun, long... characters) {
      return Arrays.stream(characters)
          .mapToDouble(text -> ofRun.applyAsDouble(Math.min(whole(text), maxLength)))
          .sum();
    }
  }

  /**
   * By the characters of texts that are read in windows.
   *
   * @param columns the texts
   * @param maxLength most tokens of a window
   * @param stride tokens that consecutive windows share
   * @param mostWindows longer texts are refused
   */
  record InWindows(List<String> columns, int maxLength, int stride, int mostWindows)
      implements LengthEstimate {
    /** Copies. */
    public InWindows {
      columns = List.copyOf(columns);
    }

    /** Windows share tokens. */
    @Override
    public double tokens(long... characters) {
      double tokens = whole(characters);
      double shared = (double) stride / Math.max(1, maxLength - SPECIAL - stride);
      double more = Math.max(0, (tokens - maxLength) * shared);
      return Math.min(tokens + more, (double) maxLength * mostWindows);
    }

    @Override
    public double cost(DoubleUnaryOperator ofRun, long... characters) {
      double tokens = tokens(characters);
      return tokens <= maxLength
          ? ofRun.applyAsDouble(tokens)
          : ofRun.applyAsDouble(maxLength) * tokens / maxLength;
    }
  }
}
