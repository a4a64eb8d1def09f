package io.sparklrp.bench.scale;

/**
 * What happens at a time in the simulation.
 *
 * @param time seconds
 * @param kind what
 * @param node to which node
 * @param slot on which of its cores
 * @param attempt of which run of a task, or of the driver; events of past ones are void
 */
record Event(double time, Kind kind, int node, int slot, long attempt)
    implements Comparable<Event> {
  /** What can happen. */
  enum Kind {
    TASK_ENDS,
    NODE_FAILS,
    LOSS_IS_SEEN,
    NODE_IS_BACK,
    DRIVER_FAILS,
    DRIVER_IS_BACK
  }

  @Override
  public int compareTo(Event other) {
    return Double.compare(time, other.time);
  }
}
