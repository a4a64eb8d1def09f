package io.sparklrp.cli;

import io.sparklrp.attribution.ExplainedTarget;
import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.MarkedText;
import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.spark.show.ShownRow;
import io.sparklrp.table.OutputRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One row of an output on a terminal: what the model said, its texts with words coloured, and the
 * ledger.
 */
final class RecordCard {
  /** Of rows that have no words, so many tokens are told. */
  private static final int TOKENS = 8;

  /** What the last line of a card says. */
  static final String LEDGER =
      "Each score is that of what was explained alone (a percentage depends on the other answers too), and adds up: tokens are"
          + " all words, and special tokens such as [SEP]; position, segment and bias come of the model's own constants; the"
          + " residual is what nothing accounts for.";

  private final ColoredWords words;

  RecordCard(ColoredWords words) {
    this.words = words;
  }

  /**
   * The lines of a card.
   *
   * @param note stands behind what the model said; empty for none
   */
  List<String> lines(ShownRow row, String note) {
    OutputRow found = row.found();
    String name = HarmlessText.line(row.name());
    if (found.error() != null) {
      return List.of(
          String.format(
              "%s  not explained (%s): %s",
              name,
              found.error().kind(),
              HarmlessText.line(String.valueOf(found.error().message()))));
    }
    if (found.target() == null) {
      return List.of(name + "  nothing to explain");
    }
    List<String> lines = new ArrayList<>();
    lines.add(name + "  " + row.said() + note);
    read(row).forEach(text -> lines.add("  " + text));
    String unknown = String.join(", ", row.unknown());
    if (!unknown.isEmpty()) {
      lines.add("  not known to the model: " + HarmlessText.line(unknown));
    }
    lines.add("  " + ledger(found.target(), found.ledger()));
    return lines;
  }

  /** The texts with their words coloured; what weighs most where there are no words. */
  private List<String> read(ShownRow row) {
    List<MarkedText> texts = row.marked();
    return texts.isEmpty()
        ? List.of(tokens(row.found().tokens()))
        : texts.stream().map(words::render).toList();
  }

  /** Those that weigh most, as of a picture's patches. */
  private static String tokens(List<TokenRelevance> all) {
    return all.stream()
        .sorted(Comparator.comparingDouble((TokenRelevance token) -> -Math.abs(token.relevance())))
        .limit(TOKENS)
        .map(
            token ->
                String.format(
                    Locale.ROOT, "%s[%+.2f]", HarmlessText.line(token.token()), token.relevance()))
        .collect(Collectors.joining(" "));
  }

  private static String ledger(ExplainedTarget target, LedgerAmounts ledger) {
    return String.format(
        Locale.ROOT,
        "score %+.2f = tokens %+.2f, position %+.2f, segment %+.2f, bias %+.2f, residual %+.0e",
        target.score(),
        ledger.tokens(),
        ledger.position(),
        ledger.segment(),
        ledger.bias(),
        ledger.residual());
  }
}
