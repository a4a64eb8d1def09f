package io.sparklrp.report;

import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.attribution.MarkedText;
import java.util.List;

/**
 * A piece of a text.
 *
 * @param text what is written
 * @param css the class of its style; empty between words
 * @param style how dark it is; empty between words
 * @param title its relevance; empty between words
 */
public record Piece(String text, String css, String style, String title) {
  /** What is written is only read. */
  public Piece {
    text = HarmlessText.lines(text);
  }

  /** A text's. */
  public static List<Piece> of(MarkedText text, Shade scale) {
    return text.pieces().stream()
        .map(
            piece ->
                piece.isWord()
                    ? shaded(piece.text(), piece.relevance(), scale)
                    : new Piece(piece.text(), "", "", ""))
        .toList();
  }

  /** One with some relevance. */
  public static Piece shaded(String text, float relevance, Shade scale) {
    Bar.Kind kind = relevance < 0 ? Bar.Kind.AGAINST : Bar.Kind.FOR;
    return new Piece(text, kind.css(), scale.style(relevance), Amount.signed(relevance));
  }

  /** Whether it has relevance. */
  public boolean isShaded() {
    return !css.isEmpty();
  }
}
