package io.sparklrp.bench.scale;

/**
 * A run of a task.
 *
 * @param task which
 * @param number of all runs of all tasks
 * @param since when it began
 * @param seconds that its records take on a core that is not slow
 */
record Attempt(int task, long number, double since, double seconds) {}
