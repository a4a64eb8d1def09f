package io.sparklrp.spark.show;

import io.sparklrp.attribution.ExplainedTarget;
import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.attribution.MarkedText;
import io.sparklrp.attribution.Prediction;
import io.sparklrp.attribution.UnknownWords;
import io.sparklrp.attribution.WordRelevance;
import io.sparklrp.table.OutputRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A row of an output, for people to read.
 *
 * @param name what its record is called
 * @param texts the record's texts, by segment; empty where the output does not have them
 * @param found what was written of it
 */
public record ShownRow(String name, List<String> texts, OutputRow found) {
  /** Copies. */
  public ShownRow {
    texts = List.copyOf(texts);
  }

  /** What the model said and, where that is not the same, what was explained; on one line. */
  public String said() {
    Prediction prediction = found.prediction();
    ExplainedTarget target = found.target();
    String said = HarmlessText.line(String.valueOf(prediction.label()));
    if (prediction.probability() != null) {
      said += String.format(Locale.ROOT, " %.0f %%", 100 * prediction.probability());
    }
    boolean isOther =
        target.againstLabel() != null || !Objects.equals(target.label(), prediction.label());
    return isOther ? said + ", explained: " + explained(target) : said;
  }

  private static String explained(ExplainedTarget target) {
    String label = HarmlessText.line(String.valueOf(target.label()));
    return target.againstLabel() == null
        ? label
        : label + " against " + HarmlessText.line(target.againstLabel());
  }

  /**
   * The texts with their words marked; the words alone where the texts are not there; empty where
   * there are no words either, as of a picture.
   */
  public List<MarkedText> marked() {
    List<WordRelevance> all = words();
    if (all.isEmpty()) {
      return List.of();
    }
    if (!fit(all)) {
      return List.of(MarkedText.ofWords(all));
    }
    List<MarkedText> marked = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      int segment = i;
      List<WordRelevance> ofText = all.stream().filter(w -> w.segment() == segment).toList();
      marked.add(MarkedText.of(texts.get(i), ofText));
    }
    return marked;
  }

  /** Words that the model does not know; none where the texts are not there. */
  public List<String> unknown() {
    List<WordRelevance> all = words();
    return fit(all) ? UnknownWords.of(texts, all, found.tokens()) : List.of();
  }

  /** Where words were left out, the tokens that are cut from the text. */
  private List<WordRelevance> words() {
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
  private boolean fit(List<WordRelevance> all) {
    return all.stream()
        .allMatch(
            word ->
                word.segment() < texts.size() && word.end() <= length(texts.get(word.segment())));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
