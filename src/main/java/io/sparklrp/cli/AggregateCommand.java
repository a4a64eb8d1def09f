package io.sparklrp.cli;

import io.sparklrp.spark.aggregate.AggregateAction;
import io.sparklrp.spark.aggregate.AggregateSummary;
import io.sparklrp.spark.settings.AggregateSettings;
import io.sparklrp.spark.settings.InputSettings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aggregate}: tables of a whole corpus. */
@Command(
    name = "aggregate",
    description =
        "Makes tables of an output of explain: what each word has to do with each target, where scores went, and what"
            + " tells targets, slices or runs apart.",
    sortOptions = false)
final class AggregateCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // its options are read by name
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Mixin private ExplainedChoice explained;

  @Mixin private DirectoryChoice directory;

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "COLUMN",
      description = "Tell the values of your own columns apart, such as a date or a source.")
  private List<String> by = List.of();

  @Option(
      names = "--against",
      paramLabel = "EXPLAINED",
      description =
          "Another output, of an earlier run or another model, in the same format, to compare words and records with.")
  private String against;

  @Option(
      names = "--least",
      paramLabel = "N",
      defaultValue = "" + AggregateSettings.LEAST,
      description =
          "Compare words that stand in so many records at least. Default: ${DEFAULT-VALUE}.")
  private long least;

  @Option(
      names = "--lexicon",
      paramLabel = "CSV",
      description =
          "Terms to ask about, such as names of groups of people: a CSV with the header term,group.")
  private String lexicon;

  @Option(
      names = "--frame-column",
      paramLabel = "COLUMN",
      description = "Texts that differ in one term have the same value here. With --term-column.")
  private String frameColumn;

  @Option(
      names = "--term-column",
      paramLabel = "COLUMN",
      description = "The term of each text. With --frame-column.")
  private String termColumn;

  @Option(
      names = "--shortcuts",
      description =
          "Cluster records by what decides them, and find clusters that one word decides, whatever else stands there.")
  private boolean shortcuts;

  @Override
  public Integer call() {
    AggregateSettings settings = settings();
    try (CommandSession spark = CommandSession.open("aggregate")) {
      AggregateSummary made = new AggregateAction(spark.session(), settings).run();
      new AggregateLines(made, spec.commandLine().getOut()).tell();
    }
    return ExitCode.DONE;
  }

  private AggregateSettings settings() {
    InputSettings read = explained.settings("aggregate").build();
    directory.check();
    String output = directory.output();
    Refusal.unless(
        !explained.isAt(output) && !output.equals(against),
        "--output " + output,
        "it is what is read",
        "another directory");
    Refusal.unless(
        by.size() == by.stream().distinct().count(),
        "--by " + String.join(",", by),
        "a column is named twice",
        "each once");
    Refusal.unless(least > 0, "--least " + least, "it is not above 0", "a number of records");
    Refusal.unless(
        (frameColumn == null) == (termColumn == null),
        frameColumn == null ? "--term-column" : "--frame-column",
        "it is of no use without the other",
        "both --frame-column and --term-column");
    return AggregateSettings.builder(read, output)
        .overwritten(directory.isOverwritten())
        .by(by)
        .against(against == null ? null : explained.other(against))
        .least(least)
        .lexicon(lexicon)
        .frames(frameColumn == null ? null : new AggregateSettings.Frames(frameColumn, termColumn))
        .findsShortcuts(shortcuts)
        .build();
  }
}
