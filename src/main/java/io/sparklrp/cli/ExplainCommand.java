package io.sparklrp.cli;

import io.sparklrp.error.Counted;
import io.sparklrp.spark.explain.ExplainAction;
import io.sparklrp.spark.explain.IncrementalAction;
import io.sparklrp.spark.explain.RunEstimate;
import io.sparklrp.spark.model.ModelAhead;
import io.sparklrp.spark.output.ExplainSummary;
import io.sparklrp.spark.output.Gate;
import io.sparklrp.spark.settings.ExplainSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code explain}: reads records, writes token relevance. */
@Command(
    name = "explain",
    description = "Reads records, writes the relevance of each token to what the model said.",
    sortOptions = false)
final class ExplainCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // its options are read by name
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Mixin private ModelChoice choice;

  @Mixin private InputChoice input;

  @Mixin private ColumnChoice columns;

  @Mixin private OutputChoice output;

  @Mixin private MethodChoice method;

  @Option(
      names = "--target",
      description =
          "predicted (default), a label, an index, all, top:<k>, column:<name>, contrast:<a>:<b>; repeatable."
              + " Where a name is that of several outputs: label:<label> or index:<n>."
              + " Tokens: entities, token:<i>:<label>. Answers: span, start, end, span:<i>:<j>."
              + " Words: next, next:<token>, mask, mask:<token>, completion:<column>; id:<n> is a token by its"
              + " number, also in a column, where numbers are ids. A text of several masks has a row for each"
              + " mask and target. Vectors: cosine, dot.")
  private List<String> targets = List.of();

  @Mixin private PrecisionChoice precision;

  @Mixin private LimitChoice limits;

  @Mixin private GateChoice gates;

  @Mixin private IncrementChoice increment;

  @Option(
      names = "--dry-run",
      description = "Explain a sample, keep nothing, and say what the whole would take.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    ExplainSettings settings = settings();
    if (increment.isIncremental()) {
      try (CommandSession spark = CommandSession.open("explain")) {
        explainNew(spark.session(), settings);
      }
      return ExitCode.DONE;
    }
    try (ModelAhead model = CommandSession.ahead(settings);
        CommandSession spark = CommandSession.open("explain")) {
      ExplainAction action = new ExplainAction(spark.session(), settings, model);
      if (dryRun) {
        tell(action.estimate());
      } else {
        action.run(this::tell);
      }
    }
    return ExitCode.DONE;
  }

  private void explainNew(SparkSession session, ExplainSettings settings) {
    AtomicInteger batches = new AtomicInteger();
    new IncrementalAction(session, settings, increment.checkpoint())
        .run(
            summary -> {
              batches.incrementAndGet();
              tell(summary);
            });
    if (batches.get() == 0) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf("Nothing is new in %s since the last time.%n", settings.input().name());
    }
  }

  private void tell(ExplainSummary summary) {
    PrintWriter out = spec.commandLine().getOut();
    summary.notes().forEach(out::println);
    out.println(report(summary));
    Gate.line(summary.gates()).ifPresent(out::println);
    FailureLines.of(summary.failures()).forEach(out::println);
    FailureLines.ofFiles(summary.unread()).forEach(out::println);
  }

  private void tell(RunEstimate estimate) {
    PrintWriter out = spec.commandLine().getOut();
    estimate.notes().forEach(out::println);
    out.println(estimate);
  }

  /** The options as settings, checked as far as they can be without Spark. */
  ExplainSettings settings() {
    input.checkPlace("explain");
    output.checkPlace();
    method.check();
    increment.check(input.settings(), output.settings().mode(), dryRun);
    return ExplainSettings.builder(choice.settings(), input.settings(), output.settings())
        .columns(columns.settings())
        .method(method.id())
        .options(method.options())
        .targets(targets)
        .limits(limits.settings())
        .precision(precision.settings())
        .gates(gates.settings())
        .resume(increment.resumes())
        .dryRun(dryRun)
        .build();
  }

  private static String report(ExplainSummary summary) {
    return String.format(
        "Explained %s (%s, %s) in %.1f s to %s%s%s; largest residual %.1e of its ledger's scale.%n"
            + "Beside its heap an executor needs some %d MiB (spark.executor.memoryOverhead).",
        Counted.of(summary.explained(), "record"),
        Counted.of(summary.errors(), "error"),
        Counted.of(summary.tokens(), "token"),
        summary.seconds(),
        summary.output(),
        rows(summary),
        already(summary),
        summary.worstResidual(),
        summary.memoryOverheadMib());
  }

  /** How many records were there before. */
  private static String already(ExplainSummary summary) {
    return summary.already() == 0
        ? ""
        : String.format(", which held %,d others already", summary.already());
  }

  /** How many rows there are, where records have several. */
  private static String rows(ExplainSummary summary) {
    long ofOneEach = summary.recordsIn() - summary.dropped();
    return summary.recordsOut() == ofOneEach
        ? ""
        : String.format(" (%,d rows)", summary.recordsOut());
  }
}
