package io.sparklrp.chart;

import java.util.List;

/**
 * Small panels of points, each beside the line on which both of a point's numbers are the same.
 *
 * @param title of the picture
 * @param panels row by row
 */
public record Points(String title, List<Points.Plot> panels) {
  private static final int COLUMNS = 4;
  private static final int SIZE = 210;
  private static final int LEFT = 42;
  private static final int TOP = 20;
  private static final int BOTTOM = 25;
  private static final String BLUE = "#0072B2";
  private static final String ORANGE = "#D55E00";

  /** Copies. */
  public Points {
    panels = List.copyOf(panels);
  }

  /**
   * A panel.
   *
   * @param title above it
   * @param points two numbers each: from left to right, and from bottom to top
   */
  public record Plot(String title, List<double[]> points) {}

  /** The picture. */
  public String svg() {
    int columns = Math.max(1, Math.min(COLUMNS, panels.size()));
    int rows = (panels.size() + columns - 1) / columns;
    Svg svg = new Svg(columns * SIZE, rows * SIZE, title);
    for (int i = 0; i < panels.size(); i++) {
      draw(svg, panels.get(i), i % columns * SIZE, i / columns * SIZE);
    }
    return svg.end();
  }

  private static void draw(Svg svg, Plot plot, int left, int top) {
    Panel panel =
        new Panel(
            scale(plot, 0, left + LEFT, left + SIZE - 8.0),
            scale(plot, 1, top + SIZE - BOTTOM, top + TOP));
    panel.draw(svg, plot.title());
    same(svg, panel);
    svg.dots(
        plot.points().stream()
            .map(point -> new double[] {panel.x().at(point[0]), panel.y().at(point[1])})
            .toList(),
        BLUE);
  }

  private static Scale scale(Plot plot, int which, double from, double to) {
    double least = plot.points().stream().mapToDouble(p -> p[which]).min().orElse(0);
    double most = plot.points().stream().mapToDouble(p -> p[which]).max().orElse(1);
    return Scale.of(least, most, from, to);
  }

  /** As much of the line as is in the panel. */
  private static void same(Svg svg, Panel panel) {
    double low = Math.max(panel.x().low(), panel.y().low());
    double high = Math.min(panel.x().high(), panel.y().high());
    if (low < high) {
      svg.line(
          panel.x().at(low), panel.y().at(low), panel.x().at(high), panel.y().at(high), ORANGE);
    }
  }
}
