package io.sparklrp.cli;

import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.QualityGateException;
import io.sparklrp.error.UserException;
import io.sparklrp.spark.job.SparkMessage;
import io.sparklrp.spark.job.UnfinishedRunException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** One or two lines about what went wrong; the stack trace only with {@code --verbose}. */
final class RunErrors implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    return tell(e, line);
  }

  /** Prints what went wrong; the exit code. */
  static int tell(Throwable e, CommandLine line) {
    PrintWriter err = line.getErr();
    Throwable known = known(e);
    err.println("spark-lrp: " + reason(e, known));
    unfinished(e).ifPresent(kept -> err.println(kept.getMessage()));
    if (isVerbose(line)) {
      e.printStackTrace(err);
    }
    if (known instanceof UserException) {
      return ExitCode.USAGE;
    }
    return known instanceof QualityGateException ? ExitCode.QUALITY : ExitCode.FAILED;
  }

  private static String reason(Throwable e, Throwable known) {
    if (CommandEnd.isJvmEnding()) {
      return "Cannot go on: the run was interrupted.";
    }
    return known == null ? unknown(e) : known.getMessage();
  }

  /** What is kept of a run that ended on the way. */
  private static Optional<UnfinishedRunException> unfinished(Throwable e) {
    Throwable cause = e;
    while (cause != null && !(cause instanceof UnfinishedRunException)) {
      cause = cause.getCause();
    }
    return Optional.ofNullable((UnfinishedRunException) cause);
  }

  private static boolean isVerbose(CommandLine line) {
    ParseResult parsed = line.getParseResult();
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    return parsed.hasMatchedOption("--verbose");
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

  /** The innermost exception that can be told: those around it say the same in other words. */
  static String unknown(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String name = root.getClass().getSimpleName();
    String told = SparkMessage.of(root);
    return String.format(
        "Cannot finish: %s. %s",
        told.equals(name) ? name : name + ": " + told,
        root instanceof OutOfMemoryError
            ? "Give it more memory, or run with --verbose for the whole story."
            : "Run with --verbose for the whole story.");
  }
}
