package io.sparklrp.chart;

import java.util.Locale;

/**
 * A panel of a chart: its frame, axes and title.
 *
 * @param x scale of numbers from left to right
 * @param y scale of numbers from bottom to top
 */
record Panel(Scale x, Scale y) {
  private static final String GRID = "#ddd";
  private static final double LABEL = 4;
  private static final double LINE = 14;

  /** Draws it. */
  void draw(Svg svg, String title) {
    for (double tick : x.ticks()) {
      svg.line(x.at(tick), y.from(), x.at(tick), y.to(), GRID);
      svg.text(x.at(tick), y.from() + LINE, "middle", number(tick));
    }
    for (double tick : y.ticks()) {
      svg.line(x.from(), y.at(tick), x.to(), y.at(tick), GRID);
      svg.text(x.from() - LABEL, y.at(tick) + LABEL, "end", number(tick));
    }
    svg.text((x.from() + x.to()) / 2, y.to() - LABEL, "middle", title);
  }

  /** Draws a panel that has numbers from bottom to top alone. */
  static void drawAcross(Svg svg, Scale y, double from, double to, String title) {
    for (double tick : y.ticks()) {
      svg.line(from, y.at(tick), to, y.at(tick), GRID);
      svg.text(from - LABEL, y.at(tick) + LABEL, "end", number(tick));
    }
    svg.text((from + to) / 2, y.to() - LABEL, "middle", title);
  }

  private static String number(double tick) {
    String text = String.format(Locale.ROOT, "%.3f", tick);
    return text.replaceFirst("\\.?0+$", "").replaceFirst("^-0$", "0");
  }
}
