package io.sparklrp.cli;

import io.sparklrp.attribution.ExplainedTarget;
import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.Prediction;
import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.attribution.WordRelevance;
import io.sparklrp.spark.ShownRow;
import io.sparklrp.table.OutputRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One row of an output on a terminal: what the model said, its texts with words coloured, and the
 * ledger.
 */
final class RecordCard {
  /** Of rows that have no words, so many tokens are told. */
  private static final int TOKENS = 8;

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
    String name = TerminalText.harmless(row.name());
    if (found.error() != null) {
      return List.of(
          String.format(
              "%s  not explained (%s): %s",
              name,
              found.error().kind(),
              TerminalText.harmless(String.valueOf(found.error().message()))));
    }
    if (found.target() == null) {
      return List.of(name + "  nothing to explain");
    }
    List<String> lines = new ArrayList<>();
    lines.add(name + "  " + said(found) + note);
    read(row).forEach(text -> lines.add("  " + text));
    lines.add("  " + ledger(found.target(), found.ledger()));
    return lines;
  }

  private static String said(OutputRow found) {
    Prediction prediction = found.prediction();
    ExplainedTarget target = found.target();
    String said = TerminalText.harmless(String.valueOf(prediction.label()));
    if (prediction.probability() != null) {
      said += String.format(Locale.ROOT, " %.0f %%", 100 * prediction.probability());
    }
    boolean isOther =
        target.againstLabel() != null || !Objects.equals(target.label(), prediction.label());
    return isOther ? said + ", explained: " + explained(target) : said;
  }

  private static String explained(ExplainedTarget target) {
    String label = TerminalText.harmless(String.valueOf(target.label()));
    return target.againstLabel() == null
        ? label
        : label + " against " + TerminalText.harmless(target.againstLabel());
  }

  /** The texts with their words coloured; the words alone where the texts are not there. */
  private List<String> read(ShownRow row) {
    List<WordRelevance> all = words(row.found());
    if (all.isEmpty()) {
      return List.of(tokens(row.found().tokens()));
    }
    if (!fit(row.texts(), all)) {
      return List.of(words.render(joined(all), placed(all)));
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < row.texts().size(); i++) {
      int segment = i;
      List<WordRelevance> ofText = all.stream().filter(w -> w.segment() == segment).toList();
      lines.add(words.render(row.texts().get(i), ofText));
    }
    return lines;
  }

  /** Where words were left out, the tokens that are cut from the text. */
  private static List<WordRelevance> words(OutputRow found) {
    if (found.words() != null) {
      return found.words();
    }
    return found.tokens().stream()
        .filter(token -> token.start() != null)
        .map(
            token ->
                new WordRelevance(
                    token.token(), token.start(), token.end(), token.segment(), token.relevance()))
        .toList();
  }

  /** Whether all words lie within the texts. */
  private static boolean fit(List<String> texts, List<WordRelevance> all) {
    return all.stream()
        .allMatch(
            word ->
                word.segment() < texts.size() && word.end() <= length(texts.get(word.segment())));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String joined(List<WordRelevance> all) {
    return all.stream().map(WordRelevance::word).collect(Collectors.joining(" "));
  }

  /** The words at their places when joined by spaces. */
  private static List<WordRelevance> placed(List<WordRelevance> all) {
    List<WordRelevance> placed = new ArrayList<>();
    int at = 0;
    for (WordRelevance word : all) {
      int end = at + length(word.word());
      placed.add(new WordRelevance(word.word(), at, end, 0, word.relevance()));
      at = end + 1;
    }
    return placed;
  }

  /** Those that weigh most, as of a picture's patches. */
  private static String tokens(List<TokenRelevance> all) {
    return all.stream()
        .sorted(Comparator.comparingDouble((TokenRelevance token) -> -Math.abs(token.relevance())))
        .limit(TOKENS)
        .map(
            token ->
                String.format(
                    Locale.ROOT,
                    "%s[%+.2f]",
                    TerminalText.harmless(token.token()),
                    token.relevance()))
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
