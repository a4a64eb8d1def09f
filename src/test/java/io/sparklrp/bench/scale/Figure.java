package io.sparklrp.bench.scale;

/**
 * A number that the model uses, and where it comes from.
 *
 * @param value in its unit
 * @param unit what is counted
 * @param kind measured on a machine, computed from other figures, or assumed
 * @param from the command that measures it, the computation, or why it is assumed
 */
record Figure(double value, String unit, Kind kind, String from) {
  /** How far a figure can be trusted. */
  enum Kind {
    MEASURED,
    COMPUTED,
    ASSUMED
  }
}
