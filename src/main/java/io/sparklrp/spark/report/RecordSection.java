package io.sparklrp.spark.report;

import io.sparklrp.attribution.ExplainedTarget;
import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.MarkedText;
import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.report.Amount;
import io.sparklrp.report.Axis;
import io.sparklrp.report.Card;
import io.sparklrp.report.Mention;
import io.sparklrp.report.Piece;
import io.sparklrp.report.Section;
import io.sparklrp.report.Shade;
import io.sparklrp.table.OutputRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Records to read. */
public final class RecordSection {
  private static final int NAMED = 3;
  private static final int LONGEST = 60;

  /** What a patch of a picture is called. */
  private static final Pattern PATCH = Pattern.compile("(\\d{1,4}),(\\d{1,4})");

  private RecordSection() {}

  /**
   * A record to read.
   *
   * @param reason why it is shown
   * @param name what it is called
   * @param said what the model said, and what was explained
   * @param texts its texts, marked; empty for a picture
   * @param unknown words of them that the model does not know
   * @param picture what it is about, if that is a picture which is there
   * @param found what was written of it
   */
  public record Shown(
      String reason,
      String name,
      String said,
      List<MarkedText> texts,
      List<String> unknown,
      Optional<PatchedPicture> picture,
      OutputRow found) {}

  /** The scale of all of them. */
  public static Shade scale(List<Shown> records) {
    return Shade.of(
        records.stream()
            .filter(one -> one.found().tokens() != null)
            .flatMapToDouble(RecordSection::relevance));
  }

  private static DoubleStream relevance(Shown shown) {
    return shown.texts().isEmpty()
        ? shown.found().tokens().stream()
            .filter(token -> !token.special())
            .mapToDouble(TokenRelevance::relevance)
        : words(shown).mapToDouble(MarkedText.Piece::relevance);
  }

  private static Stream<MarkedText.Piece> words(Shown shown) {
    return shown.texts().stream()
        .flatMap(text -> text.pieces().stream())
        .filter(MarkedText.Piece::isWord);
  }

  /**
   * The section.
   *
   * @param lookup how to read others; empty where they have no names
   */
  public static Section of(List<Shown> records, Shade scale, Optional<String> lookup) {
    return new Section(
        "records",
        "Records to read",
        Stream.of(
                Optional.of(
                    "Why each is shown stands below its name, then what the model says and how probable it holds that, which is not how"
                        + " often it is right."),
                lookup)
            .flatMap(Optional::stream)
            .toList(),
        List.of(),
        records.stream().map(record -> card(record, scale)).toList());
  }

  private static Card card(Shown shown, Shade scale) {
    OutputRow found = shown.found();
    if (found.error() != null) {
      String error =
          String.format("Not explained (%s): %s", found.error().kind(), found.error().message());
      return Card.plain(shown.reason(), shown.name(), error);
    }
    if (found.target() == null) {
      return Card.plain(shown.reason(), shown.name(), "Nothing to explain.");
    }
    return new Card(
        shown.reason(),
        shown.name(),
        shown.said(),
        shown.texts().stream().map(text -> Piece.of(text, scale)).toList(),
        summary(shown),
        ledger(shown),
        shown.picture().map(picture -> picture.shaded(patches(found.tokens()), scale)),
        shown.texts().isEmpty() ? grid(found.tokens(), scale) : List.of());
  }

  private static List<Card.Named> summary(Shown shown) {
    return Stream.of(
            named("For", shown, piece -> piece.relevance()),
            named("Against", shown, piece -> -piece.relevance()),
            new Card.Named(
                "Not known to the model, to which all such words are the same",
                shown.unknown().stream().map(word -> new Mention(brief(word), "")).toList()))
        .filter(line -> !line.words().isEmpty())
        .toList();
  }

  private static Card.Named named(
      String heading, Shown shown, ToDoubleFunction<MarkedText.Piece> weight) {
    return new Card.Named(
        heading,
        words(shown)
            .filter(piece -> weight.applyAsDouble(piece) > 0)
            .sorted(Comparator.comparingDouble(weight).reversed())
            .limit(NAMED)
            .map(piece -> new Mention(brief(piece.text()), Amount.signed(piece.relevance())))
            .toList());
  }

  /** The whole word stands in the text. */
  private static String brief(String word) {
    return word.codePointCount(0, word.length()) <= LONGEST
        ? word
        : word.substring(0, word.offsetByCodePoints(0, LONGEST)) + "…";
  }

  private static double special(List<TokenRelevance> tokens) {
    return tokens.stream()
        .filter(TokenRelevance::special)
        .mapToDouble(TokenRelevance::relevance)
        .sum();
  }

  private static List<Card.Step> ledger(Shown shown) {
    ExplainedTarget target = shown.found().target();
    LedgerAmounts ledger = shown.found().ledger();
    Map<String, Double> parts = new LinkedHashMap<>();
    double special = special(shown.found().tokens());
    if (special == 0) {
      parts.put("tokens", ledger.tokens());
    } else {
      parts.put(shown.texts().isEmpty() ? "patches" : "words", ledger.tokens() - special);
      parts.put("special tokens", special);
    }
    parts.put("position", ledger.position());
    parts.put("segment", ledger.segment());
    parts.put("bias", ledger.bias());
    parts.put("residual", ledger.residual());
    List<Double> ends = new ArrayList<>(List.of(0.0, target.score()));
    double sum = 0;
    for (double part : parts.values()) {
      sum += part;
      ends.add(sum);
    }
    Axis axis = Axis.of(ends.stream().mapToDouble(Double::doubleValue));
    List<Card.Step> steps = new ArrayList<>();
    double at = 0;
    for (Map.Entry<String, Double> part : parts.entrySet()) {
      double next = at + part.getValue();
      steps.add(
          new Card.Step(
              part.getKey(),
              Amount.signed(part.getValue()),
              List.of(axis.zero(), axis.step(at, next))));
      at = next;
    }
    steps.add(
        new Card.Step(
            "score",
            Amount.signed(target.score()),
            List.of(axis.zero(), axis.bar(target.score()))));
    return steps;
  }

  private static List<TokenRelevance> patches(List<TokenRelevance> tokens) {
    return tokens.stream().filter(token -> !token.special()).toList();
  }

  /** The patches of a picture in their rows; empty where tokens are no patches. */
  private static List<List<Piece>> grid(List<TokenRelevance> tokens, Shade scale) {
    List<List<Piece>> rows = new ArrayList<>();
    for (TokenRelevance token : tokens) {
      if (!token.special()) {
        Matcher patch = PATCH.matcher(token.token());
        if (!patch.matches()) {
          return List.of();
        }
        int row = Integer.parseInt(patch.group(1));
        if (row >= rows.size()) {
          rows.add(new ArrayList<>());
        }
        rows.get(rows.size() - 1).add(Piece.shaded(token.token(), token.relevance(), scale));
      }
    }
    return rows;
  }
}
