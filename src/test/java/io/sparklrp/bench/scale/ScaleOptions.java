package io.sparklrp.bench.scale;

import java.util.List;

/**
 * What is simulated.
 *
 * @param records sizes of jobs, in ascending order
 * @param hours that a job may take, if there are nodes enough
 * @param mostNodes nodes that there are
 * @param unitSeconds what a unit takes at most
 * @param mostTasks units of a job at most
 * @param units sizes that are compared, in seconds
 * @param seed of the first job
 * @param seeds jobs that a mean is of
 */
record ScaleOptions(
    List<Long> records,
    double hours,
    int mostNodes,
    double unitSeconds,
    int mostTasks,
    List<Double> units,
    long seed,
    int seeds) {
  /** Copies. */
  ScaleOptions {
    records = List.copyOf(records);
    units = List.copyOf(units);
  }
}
