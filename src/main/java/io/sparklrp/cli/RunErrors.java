package io.sparklrp.cli;

import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.QualityGateException;
import io.sparklrp.error.UserException;
import io.sparklrp.spark.SparkMessage;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** One or two lines about what went wrong; the stack trace only with {@code --verbose}. */
final class RunErrors implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    Throwable known = known(e);
    err.println("spark-lrp: " + (known == null ? unknown(e) : known.getMessage()));
    if (line.getParseResult().hasMatchedOption("--verbose")) {
      e.printStackTrace(err);
    }
    if (known instanceof UserException) {
      return ExitCode.USAGE;
    }
    return known instanceof QualityGateException ? ExitCode.QUALITY : ExitCode.FAILED;
  }

  /** The innermost exception of ours: Spark wraps what a task throws. */
  private static Throwable known(Throwable e) {
    Throwable found = null;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserException
          || cause instanceof QualityGateException
          || cause instanceof JobFailedException) {
        found = cause;
      }
    }
    return found;
  }

  private static String unknown(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.format(
        "Cannot finish: %s: %s. Run with --verbose for the whole story.",
        root.getClass().getSimpleName(), SparkMessage.of(root));
  }
}
