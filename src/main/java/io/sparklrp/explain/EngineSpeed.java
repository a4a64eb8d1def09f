package io.sparklrp.explain;

/**
 * How quickly the engine computes on one core.
 *
 * @param operationsPerSecond as the program counts them
 * @param recordsPerSecond records of a middle length; not a number where nothing was measured
 */
public record EngineSpeed(double operationsPerSecond, double recordsPerSecond) {
  /** Where nothing was measured: few operations, so that tasks are rather too short. */
  static final EngineSpeed SUPPOSED = new EngineSpeed(10e9, Double.NaN);

  /** The time of a record over that of the same record elsewhere; not a number if unknown. */
  public double timeBeside(EngineSpeed other) {
    return other.recordsPerSecond / recordsPerSecond;
  }
}
