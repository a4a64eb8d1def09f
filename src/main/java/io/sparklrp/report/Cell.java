package io.sparklrp.report;

import io.sparklrp.attribution.HarmlessText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A cell of a table.
 *
 * @param text what stands in it
 * @param isNumber whether that is a number, which is set to the right
 * @param measure what is drawn above it, on the axis of its section; empty where nothing is
 * @param mentions records that are named in the place of a text; none where there is a text
 */
public record Cell(
    String text, boolean isNumber, Optional<Measure> measure, List<Mention> mentions) {
  private static final String NONE = "–";

  /** Copies; what is written is only read. */
  public Cell {
    text = HarmlessText.line(text);
    mentions = List.copyOf(mentions);
  }

  /** A text, whoever wrote it. */
  public static Cell text(String text) {
    return new Cell(text == null ? NONE : text, false, Optional.empty(), List.of());
  }

  /** Records by their names. */
  public static Cell records(List<Mention> mentions) {
    return mentions.isEmpty() ? text(null) : new Cell("", false, Optional.empty(), mentions);
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

  /** An amount that has no sign, in units of the score. */
  public static Cell size(Double size) {
    return number(size == null ? NONE : Amount.unsigned(size));
  }

  /** A number that is written already. */
  public static Cell number(String written) {
    return new Cell(written, true, Optional.empty(), List.of());
  }

  /** An amount as a bar from 0, and the interval that it is known to, if one is. */
  public static Cell bar(Measure measure) {
    return new Cell(measure.written(), true, Optional.of(measure), List.of());
  }
}
