package io.sparklrp.table;

import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.TokenRelevance;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What must hold of a row by itself, whatever the model. */
public enum RowCheck {
  /** Columns are there together: those of an error, of an explanation, or of nothing to explain. */
  COLUMNS(0) {
    @Override
    double measured(OutputRow row, Optional<List<String>> texts) {
      return RowShape.contradictions(row);
    }
  },
  /** score = tokens + position + segment + bias + residual. */
  LEDGER(Bounds.EXACT) {
    @Override
    double measured(OutputRow row, Optional<List<String>> texts) {
      LedgerAmounts parts = row.ledger();
      double sum =
          parts.tokens() + parts.position() + parts.segment() + parts.bias() + parts.residual();
      return off(sum, row.target().score(), row);
    }
  },
  /** Tokens add up to the ledger's. */
  TOKENS(Bounds.EXACT) {
    @Override
    double measured(OutputRow row, Optional<List<String>> texts) {
      double sum = row.tokens().stream().mapToDouble(TokenRelevance::relevance).sum();
      return off(sum, row.ledger().tokens(), row);
    }
  },
  /** The bias of all layers adds up to the ledger's. */
  LAYERS(Bounds.EXACT) {
    @Override
    double measured(OutputRow row, Optional<List<String>> texts) {
      LedgerAmounts ledger = row.ledger();
      return ledger.biasByLayer() == null
          ? 0
          : off(
              ledger.biasByLayer().values().stream().mapToDouble(Double::doubleValue).sum(),
              ledger.bias(),
              row);
    }
  },
  /** What a conservative method leaves of the score is rounding. */
  RESIDUAL(LedgerCheck.BOUND) {
    @Override
    double measured(OutputRow row, Optional<List<String>> texts) {
      return Math.abs(row.ledger().residual()) / LedgerScale.of(row);
    }
  },
  /** Tokens lie in the texts that they are of. */
  SPANS(0) {
    @Override
    double measured(OutputRow row, Optional<List<String>> texts) {
      return WrittenSpans.outside(row.tokens(), texts);
    }
  },
  /** Words are sums of their tokens, cut from the texts. */
  WORDS(1e-6) {
    @Override
    double measured(OutputRow row, Optional<List<String>> texts) {
      return row.words() == null ? 0 : WrittenWords.off(row, texts);
    }
  };

  /** Bounds that constants of the list are made with. */
  private static final class Bounds {
    /** Sums of the very numbers that are written, in double precision. */
    static final double EXACT = 1e-9;
  }

  private final double bound;

  RowCheck(double bound) {
    this.bound = bound;
  }

  /** The most that is borne. */
  public double bound() {
    return bound;
  }

  /** Its name. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What is found, to be held against the bound; infinite where it cannot be said.
   *
   * @param texts the record's, by segment; empty where they are not known
   */
  public double of(OutputRow row, Optional<List<String>> texts) {
    boolean isExplained =
        Stream.of(row.target(), row.tokens(), row.ledger()).allMatch(part -> part != null);
    if (this != COLUMNS && !isExplained) {
      return 0;
    }
    try {
      double found = measured(row, texts);
      return Double.isNaN(found) ? Double.POSITIVE_INFINITY : found;
    } catch (RuntimeException e) { // whatever is in the columns, the row is not what it should be
      return Double.POSITIVE_INFINITY;
    }
  }

  abstract double measured(OutputRow row, Optional<List<String>> texts);

  /** How far two numbers are that should be the same, over the ledger's scale. */
  private static double off(double a, double b, OutputRow row) {
    return DoubleStream.of(a, b).allMatch(Double::isFinite)
        ? Math.abs(a - b) / LedgerScale.of(row)
        : Double.POSITIVE_INFINITY;
  }
}
