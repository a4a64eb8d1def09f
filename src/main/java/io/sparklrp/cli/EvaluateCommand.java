package io.sparklrp.cli;

import io.sparklrp.error.Counted;
import io.sparklrp.evaluation.Measure;
import io.sparklrp.method.MethodOptions;
import io.sparklrp.spark.evaluate.EvaluateAction;
import io.sparklrp.spark.evaluate.EvaluationSummary;
import io.sparklrp.spark.settings.EvaluateSettings;
import io.sparklrp.spark.settings.ExplainSettings;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: how faithful methods are on labelled records. */
@Command(
    name = "evaluate",
    description =
        "Tells how faithful methods are: explains each record's true label by each of them, takes tokens away and puts"
            + " them back in relevance's order, and looks what the model says.",
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
  private static final String LEAVE_ONE_OUT = "leave-one-out";

  @SuppressWarnings("UnusedVariable") // its options are read by name
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Mixin private ModelChoice model;

  @Mixin private InputChoice input;

  @Mixin private ColumnChoice columns;

  @Option(
      names = "--label-column",
      required = true,
      paramLabel = "NAME",
      description = "The true label of each record; of a language model, the token that follows.")
  private String labelColumn;

  @Option(
      names = "--highlight-column",
      paramLabel = "NAME",
      description =
          "What people marked: an array of a number for each word that blanks part, marked from 0.5 on.")
  private String highlightColumn;

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "NAME",
      description =
          "Methods, such as lrp-stay,lrp-stay:gamma=0.25,random. Default: all that the model allows.")
  private List<String> methods = List.of();

  @Option(
      names = "--replacement",
      paramLabel = "unk|mask|pad|TOKEN",
      defaultValue = EvaluateSettings.REPLACEMENT,
      description =
          "What stands for tokens that are taken away; in pictures it is the mean of their patches."
              + " Default: ${DEFAULT-VALUE}.")
  private String replacement;

  @Option(
      names = "--against",
      paramLabel = "METHOD",
      defaultValue = ExplainSettings.METHOD,
      description = "The method that all are compared with. Default: ${DEFAULT-VALUE}.")
  private String against;

  @Option(
      names = "--without",
      paramLabel = LEAVE_ONE_OUT,
      description =
          "Does not take each token away alone: a run for every token of a record is saved.")
  private List<String> without = List.of();

  @Mixin private LimitChoice limits;

  @Option(
      names = "--ledger",
      paramLabel = "by-layer|by-cause",
      defaultValue = "by-layer",
      description =
          "by-cause books what nodes of each kind absorb: the column by_cause, causes.svg.")
  private String ledger;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Chooses the records of --limit, and resamples. Default: 0.")
  private long seed;

  @Mixin private DirectoryChoice directory;

  @Override
  public Integer call() {
    EvaluateSettings settings = settings();
    try (CommandSession spark = CommandSession.open("evaluate")) {
      tell(new EvaluateAction(spark.session(), settings).run());
    }
    return ExitCode.DONE;
  }

  /** The options as settings. */
  EvaluateSettings settings() {
    input.checkPlace("evaluate");
    directory.check();
    Refusal.unless(
        without.stream().allMatch(LEAVE_ONE_OUT::equals),
        "--without " + String.join(",", without),
        "there is nothing of that name",
        LEAVE_ONE_OUT);
    return new EvaluateSettings(
        model.settings(),
        input.unlimited(),
        columns.settings(),
        methods,
        labelColumn,
        highlightColumn,
        replacement,
        !without.contains(LEAVE_ONE_OUT),
        against,
        limits.settings(),
        input.limit(),
        seed,
        MethodOptions.NONE.with("ledger", ledger),
        directory.output(),
        directory.isOverwritten());
  }

  private void tell(EvaluationSummary summary) {
    PrintWriter out = spec.commandLine().getOut();
    summary.notes().forEach(out::println);
    out.printf(
        Locale.ROOT,
        "Evaluated %s on %s records (%s of errors) in %.1f s to %s.%n",
        Counted.of(summary.methods().size(), "method"),
        records(summary),
        Counted.of(summary.errors(), "row"),
        summary.runs().seconds(),
        summary.output());
    FailureLines.of(summary).forEach(out::println);
    out.printf(
        Locale.ROOT,
        "Ran %,d records with tokens replaced, of %,d that curves ask for: equal ones once.%n",
        summary.runs().made(),
        summary.runs().asked());
    List<Measure> measures =
        Arrays.stream(Measure.values()).filter(measure -> hasAny(summary, measure)).toList();
    int width = summary.methods().stream().mapToInt(String::length).max().orElse(1);
    out.println(line(width, "", measures.stream().map(Measure::id)));
    for (String method : summary.methods()) {
      out.println(
          line(
              width,
              method,
              measures.stream()
                  .map(measure -> summary.value(method, measure.id()))
                  .map(value -> String.format(Locale.ROOT, "%.3f", value))));
    }
  }

  /** Such as "3 of 10", where the others have no result. */
  private static String records(EvaluationSummary summary) {
    return summary.evaluated() == summary.records()
        ? String.format(Locale.ROOT, "%,d", summary.records())
        : String.format(Locale.ROOT, "%,d of %,d", summary.evaluated(), summary.records());
  }

  private static boolean hasAny(EvaluationSummary summary, Measure measure) {
    return summary.methods().stream()
        .anyMatch(method -> !Double.isNaN(summary.value(method, measure.id())));
  }

  private static String line(int width, String method, Stream<String> cells) {
    return String.format("%-" + width + "s", method)
        + cells.map(cell -> String.format(" %18s", cell)).collect(Collectors.joining());
  }
}
