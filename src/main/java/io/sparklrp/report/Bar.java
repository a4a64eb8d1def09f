package io.sparklrp.report;

import java.util.Locale;

/**
 * A bar in a cell.
 *
 * @param kind how it is drawn
 * @param left where it begins, in percent of the cell
 * @param width how wide it is, in percent of the cell
 */
public record Bar(Kind kind, double left, double width) {
  /** How a bar is drawn. */
  public enum Kind {
    /** Speaks for what is explained. */
    FOR("for"),

    /** Speaks against it. */
    AGAINST("against"),

    /** The interval that an amount is known to. */
    INTERVAL("interval"),

    /** Nothing: bars begin here. */
    ZERO("zero");

    private final String css;

    Kind(String css) {
      this.css = css;
    }

    /** The class of its style. */
    public String css() {
      return css;
    }
  }

  /** Its place, as a style. */
  public String style() {
    return String.format(Locale.ROOT, "left:%.1f%%;width:%.1f%%", left, width);
  }
}
