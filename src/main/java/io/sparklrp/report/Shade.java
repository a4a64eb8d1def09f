package io.sparklrp.report;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * How dark words are shaded: one scale for a whole page, so that cards can be compared.
 *
 * @param full the relevance of a full shade, and of all that is beyond
 */
public record Shade(double full) {
  /** Beyond it are so few words that all others would be pale beside the largest of them. */
  private static final double QUANTILE = 0.99;

  private static final double ALL = 100;

  /** That of some relevance; so much that few are beyond. */
  public static Shade of(DoubleStream relevance) {
    double[] sorted = relevance.map(Math::abs).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0 || sorted[sorted.length - 1] == 0) {
      return new Shade(1);
    }
    double at = sorted[(int) ((sorted.length - 1) * QUANTILE)];
    return new Shade(at > 0 ? at : sorted[sorted.length - 1]);
  }

  /** The style of a word, from 0 to 100. */
  String style(float relevance) {
    double part = Math.min(1, Math.abs(relevance) / full);
    return String.format(Locale.ROOT, "--s:%.0f", ALL * part);
  }

  /** What a full shade stands for. */
  public String words() {
    return Amount.signed(full).substring(1);
  }
}
