package io.sparklrp.spark.job;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/**
 * Jobs that Spark ended as executors were lost too often. Its messages are parsed: it has no type
 * for them. What they say comes from the cluster and holds no value of a record, unlike what they
 * say of a task that threw.
 */
final class LostExecutors {
  private static final int LONGEST = 300;
  private static final Pattern OF_TASK =
      Pattern.compile(
          "Job aborted due to stage failure: Task \\d+ in stage \\S+ failed (\\d+) times, "
              + "most recent failure: Lost task \\S+ in stage \\S+ \\(TID \\d+\\) \\([^()]*\\): "
              + "ExecutorLostFailure \\([^()]*\\) Reason: (.*)");
  private static final Pattern OF_STAGE =
      Pattern.compile(
          "Job aborted due to stage failure: (?:Result|ShuffleMap)Stage \\d+ [^\n]*"
              + " has failed the maximum allowable number of times: (\\d+)\\. Most recent");

  private LostExecutors() {}

  /** What became of the executors, in one line without a full stop; empty where it is not that. */
  static Optional<String> of(Throwable e) {
    if (!(e instanceof SparkException) || e.getMessage() == null) {
      return Optional.empty();
    }
    Matcher task = OF_TASK.matcher(e.getMessage());
    if (task.lookingAt()) {
      return Optional.of(
          String.format(
              "a task's executor was lost %s times (spark.task.maxFailures), at last as: %s",
              task.group(1), reason(task.group(2))));
    }
    Matcher stage = OF_STAGE.matcher(e.getMessage());
    return stage.lookingAt()
        ? Optional.of(
            String.format(
                "rows that executors hand on could not be fetched, as when they are lost, %s times"
                    + " in a row (spark.stage.maxConsecutiveAttempts)",
                stage.group(1)))
        : Optional.empty();
  }

  private static String reason(String line) {
    String reason = line.strip().replaceAll("\\.$", "");
    return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "...";
  }
}
