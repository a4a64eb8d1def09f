package io.sparklrp.cli;

import io.sparklrp.spark.report.ReportAction;
import io.sparklrp.spark.report.ReportSummary;
import io.sparklrp.spark.settings.InputSettings;
import io.sparklrp.spark.settings.ReportSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code report}: one page of an output. */
@Command(
    name = "report",
    description =
        "Makes one HTML page of an output of explain, which opens without a network: whether the run is sound, what drives"
            + " each answer, and records to read.",
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {
  private static final int MOST_CARDS = 50;
  private static final double THOUSAND = 1e3;

  @SuppressWarnings("UnusedVariable") // its options are read by name
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Mixin private ExplainedChoice explained;

  @Option(
      names = "--aggregates",
      paramLabel = "DIR",
      description =
          "What aggregate made of it, with all that it was asked. Without it the usual tables are made, and not kept.")
  private String aggregates;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE.html",
      description = "Where to write.")
  private String output;

  @Mixin private ModeChoice mode;

  @Option(
      names = "--label-column",
      paramLabel = "COLUMN",
      description =
          "What each record should be said to be: records of which the model is wrong are shown first.")
  private String labelColumn;

  @Option(
      names = "--cards",
      paramLabel = "N",
      defaultValue = "" + ReportSettings.CARDS,
      description =
          "Records of each kind that are shown at most, each under the first that it is of. Default: ${DEFAULT-VALUE}.")
  private int cards;

  @Override
  public Integer call() {
    ReportSettings settings = settings();
    try (CommandSession spark = CommandSession.open("report")) {
      ReportSummary made = new ReportAction(spark.session(), settings).run();
      PrintWriter out = spec.commandLine().getOut();
      made.mistakes().ifPresent(out::println);
      out.printf(
          "Reported on %,d explained rows, with %,d records to read: %s (%,.0f thousand characters)%n",
          made.rows(), made.cards(), made.output(), made.characters() / THOUSAND);
    }
    return ExitCode.DONE;
  }

  private ReportSettings settings() {
    InputSettings read = explained.settings("report").build();
    mode.check();
    Refusal.unless(
        cards > 0 && cards <= MOST_CARDS,
        "--cards " + cards,
        "it is not from 1 to " + MOST_CARDS,
        "a number of records of each kind");
    return new ReportSettings(read, aggregates, output, mode.isOverwritten(), labelColumn, cards);
  }
}
