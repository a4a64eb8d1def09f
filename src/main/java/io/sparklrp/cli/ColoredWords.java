package io.sparklrp.cli;

import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.attribution.MarkedText;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A text with its words on a ground of red (for the target) or blue (against it), by their
 * relevance.
 */
final class ColoredWords {
  private static final String RESET = "\u001b[0m";
  private static final double SHOWN_AS_NUMBER = 0.25;

  private final boolean colored;

  ColoredWords(boolean colored) {
    this.colored = colored;
  }

  /** What the colours mean. */
  String legend() {
    return colored
        ? painted("for", 1)
            + " "
            + painted("against", -1)
            + " the label; a text's full colour is the word of it that weighs most"
        : "word[+0.12] speaks for it, word[-0.12] against; words below a quarter of their text's largest have no number";
  }

  /** The text with its words marked. */
  String render(MarkedText text) {
    double largest = text.largest();
    return text.pieces().stream()
        .map(
            piece ->
                piece.isWord()
                    ? marked(HarmlessText.line(piece.text()), piece.relevance(), largest)
                    : HarmlessText.line(piece.text()))
        .collect(Collectors.joining());
  }

  private String marked(String word, double relevance, double largest) {
    double share = largest == 0 ? 0 : relevance / largest;
    if (colored) {
      return painted(word, share);
    }
    return Math.abs(share) < SHOWN_AS_NUMBER
        ? word
        : String.format(Locale.ROOT, "%s[%+.2f]", word, relevance);
  }

  /** 24-bit ground colour: white at 0, red at 1, blue at -1. */
  private static String painted(String word, double share) {
    int pale = (int) Math.round(255 - 145 * Math.min(1, Math.abs(share)));
    int red = share >= 0 ? 255 : pale;
    int blue = share >= 0 ? pale : 255;
    return String.format(Locale.ROOT, "\u001b[30;48;2;%d;%d;%dm%s%s", red, pale, blue, word, RESET);
  }
}
