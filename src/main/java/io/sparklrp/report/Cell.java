package io.sparklrp.report;

import io.sparklrp.attribution.HarmlessText;
import java.util.List;
import java.util.Locale;

/**
 * A cell of a table.
 *
 * @param text what stands in it
 * @param isNumber whether that is a number, which is set to the right
 * @param bars what is drawn behind it: a bar, and the interval that it is known to; none where it
 *     is not drawn
 * @param mentions records that are named in the place of a text; none where there is a text
 */
public record Cell(String text, boolean isNumber, List<Bar> bars, List<Mention> mentions) {
  private static final String NONE = "–";

  /** Copies; what is written is only read. */
  public Cell {
    text = HarmlessText.line(text);
    bars = List.copyOf(bars);
    mentions = List.copyOf(mentions);
  }

  private Cell(String text, boolean isNumber, List<Bar> bars) {
    this(text, isNumber, bars, List.of());
  }

  /** A text, whoever wrote it. */
  public static Cell text(String text) {
    return new Cell(text == null ? NONE : text, false, List.of());
  }

  /** Records by their names. */
  public static Cell records(List<Mention> mentions) {
    return mentions.isEmpty() ? text(null) : new Cell("", false, List.of(), mentions);
  }

  /** A number of things. */
  public static Cell count(long count) {
    return number(String.format(Locale.ROOT, "%,d", count));
  }

  /** A part of a whole. */
  public static Cell share(Double share) {
    return number(share == null ? NONE : Amount.percent(share));
  }

  /** An amount, in units of the score. */
  public static Cell amount(Double amount) {
    return number(amount == null ? NONE : Amount.signed(amount));
  }

  /** A number that is written already. */
  public static Cell number(String written) {
    return new Cell(written, true, List.of());
  }

  /**
   * An amount as a bar from 0, and the interval that it is known to.
   *
   * @param low null where no interval is known
   * @param high likewise
   * @param axis from left to right
   */
  public static Cell bar(double amount, Double low, Double high, Axis axis) {
    String text = Amount.signed(amount);
    if (low == null || high == null) {
      return new Cell(text, true, List.of(axis.bar(amount)));
    }
    return new Cell(
        String.format("%s (%s, %s)", text, Amount.signed(low), Amount.signed(high)),
        true,
        List.of(axis.bar(amount), axis.interval(low, high)));
  }
}
