package io.sparklrp.cli;

import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.error.Counted;
import io.sparklrp.spark.aggregate.AggregateSummary;
import io.sparklrp.spark.aggregate.ShortcutTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code aggregate} tells of the tables that it made: a few rows of each, for people. */
final class AggregateLines {
  private final AggregateSummary summary;
  private final PrintWriter out;

  /** Of one run. */
  AggregateLines(AggregateSummary summary, PrintWriter out) {
    this.summary = summary;
    this.out = out;
  }

  /** Prints them. */
  void tell() {
    out.printf(
        "Made tables of %s in %s: %s.%n",
        Counted.of(summary.rows(), "explained row"),
        summary.output(),
        String.join(", ", summary.tables()));
    summary.notes().forEach(out::println);
    summary.words().forEach(this::tell);
    if (!summary.slices().isEmpty()) {
      tellSlices();
    }
    if (!summary.terms().isEmpty()) {
      tellTerms();
    }
    summary.shortcuts().ifPresent(this::tell);
  }

  private void tell(AggregateSummary.OfTarget target) {
    out.printf(
        "%n%s: the words with the largest summed relevance of those in %s or more (--least), each with its mean%n",
        HarmlessText.line(target.target()), Counted.of(summary.least(), "record"));
    out.printf("  for      %s%n", line(target.forIt()));
    out.printf("  against  %s%n", line(target.againstIt()));
  }

  private String line(List<AggregateSummary.Word> words) {
    return words.isEmpty()
        ? "none" + (summary.least() > 1 ? " (--least 1 takes words of one record, too)" : "")
        : words.stream()
            .map(
                word ->
                    String.format(
                        Locale.ROOT,
                        "%s (%+.2f in %s)",
                        HarmlessText.line(word.word()),
                        word.mean(),
                        Counted.of(word.records(), "record")))
            .collect(Collectors.joining(", "));
  }

  private void tellSlices() {
    out.printf("%nValues of --by with most records; all are in table slices:%n");
    for (AggregateSummary.Slice slice : summary.slices()) {
      out.printf(
          Locale.ROOT,
          "  %s: %s explained for %s, with a mean score of %+.2f%s%n",
          slice.values().stream().map(HarmlessText::line).collect(Collectors.joining(", ")),
          Counted.of(slice.records(), "record"),
          HarmlessText.line(slice.target()),
          slice.score(),
          slice
              .predicted()
              .map(part -> String.format("; the model says it of %.0f %%", 100 * part))
              .orElse(""));
    }
  }

  private void tellTerms() {
    out.printf(
        "%nTerms of the lexicon with the largest mean relevance, whatever its sign, of those in %s or more (--least), with its 95 %% interval; all are in"
            + " table lexicon:%n",
        Counted.of(summary.least(), "record"));
    summary.terms().forEach(term -> out.println("  " + line(term)));
  }

  private static String line(AggregateSummary.Term term) {
    return String.format(
        Locale.ROOT,
        "%s: %+.2f (%s) for %s, in %s%s",
        HarmlessText.line(term.term().word()),
        term.term().mean(),
        term.low() == null
            ? "no interval"
            : String.format(Locale.ROOT, "%+.2f to %+.2f", term.low(), term.high()),
        HarmlessText.line(term.target()),
        Counted.of(term.term().records(), "record"),
        term.place()
            .map(place -> String.format(", above %.0f %% of the words as common", 100 * place))
            .orElse(""));
  }

  private void tell(AggregateSummary.Shortcuts shortcuts) {
    if (shortcuts.found().isEmpty()) {
      out.printf(
          "%nNo word looks like a shortcut%s.%n",
          shortcuts.nearest().map(AggregateLines::nearest).orElse(""));
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
        "“%s” (%s), which decides %s, with a score of %.2f",
        HarmlessText.line(word.word()),
        HarmlessText.line(word.target()),
        Counted.of(word.size(), "record"),
        word.score());
  }
}
