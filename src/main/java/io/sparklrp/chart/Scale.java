package io.sparklrp.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Where numbers are on an axis.
 *
 * @param low the number at its beginning
 * @param high the number at its end, above the other
 * @param from where it begins, in pixels
 * @param to where it ends
 */
record Scale(double low, double high, double from, double to) {
  /** Steps between ticks are so many times a power of ten. */
  private static final double[] STEPS = {1, 2, 5, 10};

  private static final int FEWEST_TICKS = 3;

  /** An axis on which all numbers are; one number, or none, has some room around it. */
  static Scale of(double least, double most, double from, double to) {
    if (!(least <= most)) {
      return new Scale(0, 1, from, to);
    }
    double room = most > least ? 0 : Math.max(1, Math.abs(most)) / 2;
    return new Scale(least - room, most + room, from, to);
  }

  /** Where a number is. */
  double at(double number) {
    return from + (number - low) / (high - low) * (to - from);
  }

  /** Round numbers on the axis, four to nine of them. */
  List<Double> ticks() {
    double rough = (high - low) / FEWEST_TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = power;
    for (double times : STEPS) {
      step = times * power <= rough ? times * power : step;
    }
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }
}
