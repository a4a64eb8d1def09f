package io.sparklrp.chart;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * Panels of bars, one below the other: groups from left to right, and in each a bar for each kind,
 * up or down from 0.
 *
 * @param title of the picture
 * @param panels from top to bottom
 */
public record Bars(String title, List<Bars.Plot> panels) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 170;
  private static final int LEFT = 60;
  private static final int TOP = 22;
  private static final int BOTTOM = 25;
  private static final int LEGEND = 24;
  private static final int ENTRY = 160;
  private static final double GAP = 0.2;
  private static final String BLACK = "#333";

  /** Copies. */
  public Bars {
    panels = List.copyOf(panels);
  }

  /**
   * A panel.
   *
   * @param title above it
   * @param groups numbers by group and kind
   */
  public record Plot(String title, Map<String, Map<String, Double>> groups) {
    private DoubleStream all() {
      return groups.values().stream()
          .flatMap(kinds -> kinds.values().stream())
          .mapToDouble(Double::doubleValue);
    }
  }

  /** The picture. */
  public String svg() {
    Set<String> groups = new LinkedHashSet<>();
    Set<String> kinds = new LinkedHashSet<>();
    for (Plot panel : panels) {
      groups.addAll(panel.groups().keySet());
      panel.groups().values().forEach(of -> kinds.addAll(of.keySet()));
    }
    Svg svg = new Svg(WIDTH, panels.size() * HEIGHT + LEGEND, title);
    List<String> ofKinds = new ArrayList<>(kinds);
    for (int i = 0; i < panels.size(); i++) {
      draw(svg, panels.get(i), i * HEIGHT, new ArrayList<>(groups), ofKinds);
    }
    for (int i = 0; i < ofKinds.size(); i++) {
      double x = LEFT + (double) i * ENTRY;
      double y = panels.size() * HEIGHT + LEGEND / 2.0;
      svg.element("rect", "x", x, "y", y - 9, "width", 10, "height", 10, "fill", Palette.color(i));
      svg.text(x + 16, y, "start", ofKinds.get(i));
    }
    return svg.end();
  }

  private static void draw(Svg svg, Plot plot, int top, List<String> groups, List<String> kinds) {
    Scale y =
        Scale.of(
            plot.all().reduce(0, Math::min),
            plot.all().reduce(0, Math::max),
            top + HEIGHT - BOTTOM,
            top + TOP);
    Panel.drawAcross(svg, y, LEFT, WIDTH - 10.0, plot.title());
    double wide = (WIDTH - 10.0 - LEFT) / Math.max(1, groups.size());
    double bar = wide * (1 - GAP) / Math.max(1, kinds.size());
    for (int g = 0; g < groups.size(); g++) {
      double left = LEFT + g * wide;
      svg.text(left + wide / 2, top + HEIGHT - 8.0, "middle", groups.get(g));
      Map<String, Double> numbers = plot.groups().getOrDefault(groups.get(g), Map.of());
      for (int k = 0; k < kinds.size(); k++) {
        double number = numbers.getOrDefault(kinds.get(k), 0.0);
        double from = Math.min(y.at(number), y.at(0));
        svg.element(
            "rect",
            "x",
            left + wide * GAP / 2 + k * bar,
            "y",
            from,
            "width",
            bar,
            "height",
            Math.abs(y.at(number) - y.at(0)),
            "fill",
            Palette.color(k));
      }
    }
    svg.line(LEFT, y.at(0), WIDTH - 10.0, y.at(0), BLACK);
  }
}
