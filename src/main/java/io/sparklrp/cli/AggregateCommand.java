package io.sparklrp.cli;

import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.spark.aggregate.AggregateAction;
import io.sparklrp.spark.aggregate.AggregateSummary;
import io.sparklrp.spark.aggregate.ShortcutTable;
import io.sparklrp.spark.settings.AggregateSettings;
import io.sparklrp.spark.settings.InputSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
      tell(new AggregateAction(spark.session(), settings).run());
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

  private void tell(AggregateSummary summary) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "Made tables of %,d explained rows in %s: %s.%n",
        summary.rows(), summary.output(), String.join(", ", summary.tables()));
    summary.notes().forEach(out::println);
    for (AggregateSummary.OfTarget target : summary.words()) {
      out.printf(
          "%n%s: the words with the largest summed relevance of those in %,d records or more (--least), each with its mean%n",
          HarmlessText.line(target.target()), least);
      out.printf("  for      %s%n", line(target.forIt()));
      out.printf("  against  %s%n", line(target.againstIt()));
    }
    tell(summary.terms(), out);
    summary.shortcuts().ifPresent(found -> tell(found, out));
  }

  private void tell(List<AggregateSummary.Term> terms, PrintWriter out) {
    if (!terms.isEmpty()) {
      out.printf(
          "%nTerms of the lexicon with the largest mean relevance, whatever its sign, of those in %,d records or more (--least), with its 95 %% interval; all are in"
              + " table lexicon:%n",
          least);
      terms.forEach(term -> out.println("  " + line(term)));
    }
  }

  private static String line(AggregateSummary.Term term) {
    return String.format(
        Locale.ROOT,
        "%s: %+.2f (%s) for %s, in %,d records%s",
        HarmlessText.line(term.term().word()),
        term.term().mean(),
        term.low() == null
            ? "no interval"
            : String.format(Locale.ROOT, "%+.2f to %+.2f", term.low(), term.high()),
        HarmlessText.line(term.target()),
        term.term().records(),
        term.place()
            .map(place -> String.format(", above %.0f %% of the words as common", 100 * place))
            .orElse(""));
  }

  private static void tell(AggregateSummary.Shortcuts shortcuts, PrintWriter out) {
    if (shortcuts.found().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%nNo word looks like a shortcut%s.%n",
          shortcuts.nearest().map(AggregateCommand::nearest).orElse(""));
      return;
    }
    out.printf(
        "%nLike a shortcut, each with its usual answer; the score is the part of its records with that answer and its usual relevance, at least:%n");
    shortcuts.found().forEach(word -> out.println("  " + line(word)));
    out.printf("Read them, in table shortcuts or in a report: a word may be a good reason, too.%n");
  }

  private static String nearest(AggregateSummary.Shortcut word) {
    return String.format(
        Locale.ROOT,
        ": one has a score of %.2f or more. The nearest: %s",
        ShortcutTable.LEAST_SCORE,
        line(word));
  }

  private static String line(AggregateSummary.Shortcut word) {
    return String.format(
        Locale.ROOT,
        "“%s” (%s), which decides %,d records, with a score of %.2f",
        HarmlessText.line(word.word()),
        HarmlessText.line(word.target()),
        word.size(),
        word.score());
  }

  private static String line(List<AggregateSummary.Word> words) {
    return words.isEmpty()
        ? "none"
        : words.stream()
            .map(
                word ->
                    String.format(
                        Locale.ROOT,
                        "%s (%+.2f in %,d records)",
                        HarmlessText.line(word.word()),
                        word.mean(),
                        word.records()))
            .collect(Collectors.joining(", "));
  }
}
