package io.sparklrp.spark.task;

import io.sparklrp.error.JobFailedException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A record failed, and a record's failure is to end the job: a task that tries again fails too. Its
 * run is told where it is written as text, since Spark hands on no more than that of what it wraps.
 */
public final class FailedRecordException extends JobFailedException {
  private static final long serialVersionUID = 1L;

  private final String runId;

  FailedRecordException(String runId, String message) {
    super(message, null);
    this.runId = runId;
  }

  @SuppressWarnings("OverrideThrowableToString") // the message is what users are told
  @Override
  public String toString() {
    return written(runId) + getMessage();
  }

  private static String written(String runId) {
    return FailedRecordException.class.getName() + "[" + runId + "]: ";
  }

  /** The message of a run's exception, if it is among the lines of a stack trace. */
  static Optional<String> messageIn(String trace, String runId) {
    Matcher found = Pattern.compile(Pattern.quote(written(runId)) + "([^\\n\\r]*)").matcher(trace);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
