package io.sparklrp.chart;

import java.util.List;

/** Colours that people of any colour sight tell apart (Okabe and Ito), and dashes beside them. */
final class Palette {
  private static final List<String> COLORS =
      List.of(
          "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999");

  private static final List<String> DASHES = List.of("none", "6 3", "2 3");

  private Palette() {}

  static String color(int number) {
    return COLORS.get(number % COLORS.size());
  }

  /** Another one for each round through the colours. */
  static String dashes(int number) {
    return DASHES.get(number / COLORS.size() % DASHES.size());
  }
}
