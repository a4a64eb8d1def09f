package io.sparklrp.table;

import io.sparklrp.attribution.Attribution;
import io.sparklrp.attribution.ExplainedTarget;
import io.sparklrp.attribution.NothingExplained;
import io.sparklrp.attribution.RecordError;
import io.sparklrp.attribution.Result;
import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.model.Precision;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How far a row is from what the model says of its record now.
 *
 * @param value largest difference over max(1, m), m being the largest |R| of a token (or the
 *     compared amount, where that is larger); infinite where the row is another one altogether
 * @param part what differs most
 */
public record RowDeviation(double value, String part) {
  static final RowDeviation NONE = new RowDeviation(0, "nothing");

  /**
   * The most that is borne: rounding. The contract's m is the largest sum over j of |X G| of a
   * token, which is not in the output and at least |R|.
   *
   * @param precision the option's value
   */
  public static double bound(String precision) {
    return Precision.named(precision).orElse(Precision.FLOAT32).bound();
  }

  /**
   * Compares.
   *
   * @param written the row, which has no error
   * @param found all that comes out of its record
   */
  public static RowDeviation of(OutputRow written, List<Result> found) {
    if (written.target() == null) {
      boolean isNothing =
          found.size() == 1
              && found.get(0) instanceof NothingExplained nothing
              && written.truncated() != null
              && nothing.truncated() == written.truncated();
      return isNothing ? NONE : other("whether there is something to explain");
    }
    if (!found.isEmpty() && found.get(0) instanceof RecordError error) {
      return other("error " + error.kind());
    }
    return closest(written, found);
  }

  private static RowDeviation closest(OutputRow written, List<Result> found) {
    List<Attribution> all =
        found.stream().filter(Attribution.class::isInstance).map(Attribution.class::cast).toList();
    return all.stream()
        .filter(one -> isSame(one.target(), written.target()))
        .map(one -> of(written, one))
        .min(Comparator.comparingDouble(RowDeviation::value))
        .orElseGet(() -> all.size() == 1 ? tied(written, all.get(0)) : other("target"));
  }

  private static boolean isSame(ExplainedTarget a, ExplainedTarget b) {
    return Objects.equals(a.index(), b.index())
        && Objects.equals(a.label(), b.label())
        && Objects.equals(a.againstIndex(), b.againstIndex())
        && Objects.equals(a.againstLabel(), b.againstLabel());
  }

  /** Of two outputs that are equal up to rounding either may be the highest. */
  private static RowDeviation tied(OutputRow written, Attribution found) {
    RowDeviation outputs = RowDifferences.ofOutputs(written, found);
    double scores =
        Math.abs(written.target().score() - found.target().score())
            / Math.max(1, Math.abs(found.target().score()));
    boolean isTie =
        written.target().againstIndex() == null
            && isPredicted(written)
            && scores <= 2 * bound("float32");
    return isTie ? outputs : other("target");
  }

  private static boolean isPredicted(OutputRow row) {
    return row.prediction() != null
        && Objects.equals(row.target().index(), row.prediction().index());
  }

  private static RowDeviation of(OutputRow written, Attribution found) {
    if (!haveSameTokens(written.tokens(), found.tokens())) {
      return other("tokens");
    }
    if (!Objects.equals(written.truncated(), found.truncated())) {
      return other("truncated");
    }
    return RowDifferences.of(written, found);
  }

  private static boolean haveSameTokens(List<TokenRelevance> a, List<TokenRelevance> b) {
    return a.size() == b.size()
        && IntStream.range(0, a.size()).allMatch(i -> isSame(a.get(i), b.get(i)));
  }

  private static boolean isSame(TokenRelevance a, TokenRelevance b) {
    return a.id() == b.id()
        && a.special() == b.special()
        && Objects.equals(a.token(), b.token())
        && Objects.equals(a.start(), b.start())
        && Objects.equals(a.end(), b.end())
        && Objects.equals(a.word(), b.word())
        && Objects.equals(a.segment(), b.segment());
  }

  private static RowDeviation other(String part) {
    return new RowDeviation(Double.POSITIVE_INFINITY, part);
  }
}
