package io.sparklrp.bench.scale;

/**
 * What passes beside the work, in seconds.
 *
 * @param launch the driver's, for a task: one after the other
 * @param task of each task on its core: starting, files, commit
 * @param start before the first task
 * @param end after the last one
 * @param detection until the driver knows that a node is gone
 * @param replacement until another node is there
 * @param executor until an executor that starts has loaded the model
 * @param driver until another driver is started after one that failed
 * @param reread of one core and a record of the input: what {@code --resume} compares
 */
record Delays(
    double launch,
    double task,
    double start,
    double end,
    double detection,
    double replacement,
    double executor,
    double driver,
    double reread) {
  /** None of them. */
  static final Delays NONE = new Delays(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
