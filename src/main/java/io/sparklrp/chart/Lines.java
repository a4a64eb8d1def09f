package io.sparklrp.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Panels of lines over the same numbers from 0 to 1, with one legend.
 *
 * @param title of the picture
 * @param panels from left to right
 */
public record Lines(String title, List<Lines.Plot> panels) {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 260;
  private static final int LEFT = 45;
  private static final int TOP = 20;
  private static final int BOTTOM = 25;
  private static final int LEGEND = 18;
  private static final int ENTRY = 170;

  /** Copies. */
  public Lines {
    panels = List.copyOf(panels);
  }

  /**
   * A panel.
   *
   * @param title above it
   * @param lines numbers at equal distances, by their names
   */
  public record Plot(String title, Map<String, double[]> lines) {}

  /** The picture. */
  public String svg() {
    List<String> names = List.copyOf(panels.get(0).lines().keySet());
    int width = panels.size() * WIDTH;
    int columns = Math.max(1, width / ENTRY);
    int rows = (names.size() + columns - 1) / columns;
    Svg svg = new Svg(width, HEIGHT + rows * LEGEND + LEGEND, title);
    for (int i = 0; i < panels.size(); i++) {
      draw(svg, panels.get(i), i * WIDTH, names);
    }
    for (int i = 0; i < names.size(); i++) {
      legend(svg, names.get(i), i, LEFT + i % columns * ENTRY, HEIGHT + (1 + i / columns) * LEGEND);
    }
    return svg.end();
  }

  private static void draw(Svg svg, Plot plot, int left, List<String> names) {
    double least = all(plot).min().orElse(0);
    double most = all(plot).max().orElse(1);
    Panel panel =
        new Panel(
            new Scale(0, 1, left + LEFT, left + WIDTH - 10.0),
            Scale.of(Math.min(0, least), most, HEIGHT - BOTTOM, TOP));
    panel.draw(svg, plot.title());
    for (int i = 0; i < names.size(); i++) {
      double[] numbers = plot.lines().get(names.get(i));
      List<double[]> points = new ArrayList<>();
      for (int at = 0; at < numbers.length; at++) {
        double share = at / (double) (numbers.length - 1);
        points.add(new double[] {panel.x().at(share), panel.y().at(numbers[at])});
      }
      svg.path(points, Palette.color(i), Palette.dashes(i));
    }
  }

  private static DoubleStream all(Plot plot) {
    return plot.lines().values().stream().flatMapToDouble(Arrays::stream);
  }

  private static void legend(Svg svg, String name, int number, int x, int y) {
    svg.path(
        List.of(new double[] {x, y - 4.0}, new double[] {x + 24.0, y - 4.0}),
        Palette.color(number),
        Palette.dashes(number));
    svg.text(x + 30.0, y, "start", name);
  }
}
