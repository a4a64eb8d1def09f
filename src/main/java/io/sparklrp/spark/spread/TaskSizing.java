package io.sparklrp.spark.spread;

import io.sparklrp.error.UserException;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * How many tasks some work is cut into: a task is what is tried again when a machine fails, so it
 * takes no longer than a stated time; all cores end at about the same time, so tasks fill them in
 * whole waves; and none is so short that starting it counts.
 *
 * @param cores tasks that run at the same time
 * @param operationsPerSecond what a core computes
 * @param taskSeconds most seconds of a task
 */
public record TaskSizing(int cores, double operationsPerSecond, double taskSeconds) {
  /**
   * Spark setting: most seconds of a task on one core, and so of the work that a failure undoes.
   */
  static final String TASK_SECONDS = "spark.sparklrp.taskSeconds";

  /** Work of fewer seconds is not spread any further. */
  static final double LEAST_SECONDS = 1;

  private static final String USUAL_SECONDS = "300";

  /** Several waves, where tasks are longer than this, even out what estimates miss. */
  private static final double WAVE_SECONDS = 30;

  private static final int EVEN_WAVES = 4;

  /** With fewer records of the largest kind, one more or less makes tasks uneven. */
  private static final int RECORDS_OF_TASK = 16;

  /** Spark's driver keeps what it knows of each. */
  static final int MOST_TASKS = 100_000;

  /**
   * That of a session.
   *
   * @throws UserException if its setting is no number
   */
  public static TaskSizing of(SparkSession session, double operationsPerSecond) {
    return new TaskSizing(cores(session), operationsPerSecond, taskSeconds(session));
  }

  /**
   * Most seconds of a task, as it is set.
   *
   * @throws UserException if that is no number
   */
  public static double taskSeconds(SparkSession session) {
    String written = session.conf().get(TASK_SECONDS, USUAL_SECONDS);
    try {
      double seconds = Double.parseDouble(written);
      if (seconds > 0 && seconds < Double.POSITIVE_INFINITY) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UserException(
        String.format(
            "Cannot make tasks of %s=%s: it is no number of seconds above 0. Set it to a number, such as %s.",
            TASK_SECONDS, written, USUAL_SECONDS));
  }

  /** Tasks at the same time, on the executors that there may be. */
  private static int cores(SparkSession session) {
    SparkConf conf = session.sparkContext().getConf();
    int now = session.sparkContext().defaultParallelism();
    int later = 0;
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      int executors = conf.getInt("spark.dynamicAllocation.maxExecutors", 0);
      later = (int) Math.min(MOST_TASKS, (long) executors * conf.getInt("spark.executor.cores", 1));
    }
    return Math.max(1, Math.max(now, later) / Math.max(1, conf.getInt("spark.task.cpus", 1)));
  }

  /** Seconds that one core needs. */
  double seconds(double operations) {
    return operations / operationsPerSecond;
  }

  /** What a user should know where work is cut into as many tasks as there may be. */
  public Optional<String> note(InputPart all) {
    double ofTask = seconds(all.operations()) / MOST_TASKS;
    return ofTask <= taskSeconds || all.records() <= MOST_TASKS
        ? Optional.empty()
        : Optional.of(
            String.format(
                "Tasks take some %s each, more than %s: there are %,d at most. Cut the input into several runs (--where).",
                Pace.duration(ofTask), TASK_SECONDS, MOST_TASKS));
  }

  /** Tasks for some work, at least one. */
  int tasks(InputPart all) {
    double seconds = seconds(all.operations());
    double wanted =
        seconds < cores * least()
            ? Math.floor(seconds / least())
            : waves(seconds / cores, seconds(all.largest())) * cores;
    return (int) Math.max(1, Math.min(Math.min(wanted, (double) all.records()), MOST_TASKS));
  }

  private double least() {
    return Math.min(LEAST_SECONDS, taskSeconds);
  }

  private double waves(double ofEachCore, double ofLargest) {
    double needed = Math.ceil(ofEachCore / taskSeconds);
    double even =
        Math.floor(
            ofEachCore
                / Math.max(Math.min(WAVE_SECONDS, taskSeconds), RECORDS_OF_TASK * ofLargest));
    return Math.max(1, Math.max(needed, Math.min(EVEN_WAVES, even)));
  }
}
