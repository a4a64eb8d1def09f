package io.sparklrp.cli;

import io.sparklrp.attribution.Provenance;
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
    subcommands = {DemoCommand.class, ExplainCommand.class, CheckModelCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = SparkLrp.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class SparkLrp {
  /** Version for {@code --version}. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"spark-lrp " + Provenance.runningVersion()};
    }
  }

  private SparkLrp() {}

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(execute(writer(System.out), writer(System.err), args));
  }

  private static PrintWriter writer(OutputStream out) {
    return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
  }

  /**
   * Runs a command.
   *
   * @return 0 done; 1 failed; 2 usage or bad configuration; 3 a quality gate failed
   */
  static int execute(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(new SparkLrp());
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setTrimQuotes(true);
    line.setParameterExceptionHandler(new UsageErrors());
    line.setExecutionExceptionHandler(new RunErrors());
    return line.execute(args);
  }
}
