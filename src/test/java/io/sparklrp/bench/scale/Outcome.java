package io.sparklrp.bench.scale;

/**
 * How a simulated job went.
 *
 * @param seconds from its start to its end
 * @param work core-seconds of the tasks that were kept, without what each costs beside its records
 * @param lost core-seconds of tasks that ended with their node or the driver
 * @param failures of nodes while the job ran
 * @param driverFailures of the driver
 * @param lostTasks tasks that were run in vain
 * @param isComplete whether all was done; a task that fails too often ends the job
 */
record Outcome(
    double seconds,
    double work,
    double lost,
    int failures,
    int driverFailures,
    int lostTasks,
    boolean isComplete) {}
