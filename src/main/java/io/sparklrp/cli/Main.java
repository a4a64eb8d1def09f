package io.sparklrp.cli;

import io.sparklrp.error.JobFailedException;
import io.sparklrp.table.Provenance;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point: {@code spark-lrp COMMAND [options]}. */
@Command(
    name = "spark-lrp",
    description =
        "Explains what a Transformer did with every record of a data lake, token by token.",
    subcommands = {
      DemoCommand.class,
      ExplainCommand.class,
      CheckModelCommand.class,
      ShowCommand.class,
      AggregateCommand.class,
      ReportCommand.class,
      VerifyCommand.class,
      EvaluateCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  /** Version for {@code --version}. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"spark-lrp " + Provenance.runningVersion()};
    }
  }

  private Main() {}

  /**
   * Runs a command, and returns once it is done: Spark takes the end of the JVM for a failure where
   * it runs the driver itself. What went wrong ends the JVM with its exit code, so that scripts and
   * schedulers see it; but not a JVM in which Spark was running before, such as a notebook's.
   *
   * @throws JobFailedException if the command failed where the JVM is another's
   */
  public static void main(String[] args) {
    boolean isGuest = CommandSession.isSparkRunning();
    int exitCode = run(args);
    if (exitCode == ExitCode.DONE) {
      return;
    }
    if (isGuest) {
      throw new JobFailedException(
          String.format(
              "Cannot go on: the command ended with exit code %d. Look at its message above.",
              exitCode));
    }
    System.exit(exitCode);
  }

  /**
   * Runs a command for a program or a notebook: the JVM goes on whatever comes of it, and so does a
   * Spark session that was running before. Prints to standard output and standard error.
   *
   * @return 0 done; 1 failed; 2 usage or bad configuration; 3 a quality gate failed
   */
  public static int run(String... args) {
    PrintWriter out = writer(System.out);
    PrintWriter err = writer(System.err);
    try {
      return execute(out, err, args);
    } finally {
      out.flush();
      err.flush();
    }
  }

  private static PrintWriter writer(OutputStream out) {
    return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
  }

  /** All commands with their options. */
  static CommandLine commands() {
    return new CommandLine(new Main());
  }

  /**
   * Runs a command.
   *
   * @return 0 done; 1 failed; 2 usage or bad configuration; 3 a quality gate failed
   */
  static int execute(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = commands();
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setTrimQuotes(true);
    line.setParameterExceptionHandler(new UsageErrors());
    line.setExecutionExceptionHandler(new RunErrors());
    CommandEnd end = CommandEnd.awaited();
    try {
      return line.execute(args);
    } catch (Error e) { // of memory, or a class that does not load: picocli passes them on
      return RunErrors.tell(e, line);
    } finally {
      end.close();
    }
  }
}
