package io.sparklrp.cli;

import java.util.Locale;
import java.util.Set;

/** Text of records, models and errors, which anybody may have written, on a terminal. */
final class TerminalText {
  /** Letters of some scripts, and pictures of several signs, are written with these. */
  private static final Set<Integer> JOINERS = Set.of(0x200c, 0x200d);

  private TerminalText() {}

  /**
   * A text that a terminal can only show: what would command it, or turn the direction in which
   * others are read, is written out, and lines are not broken.
   */
  static String harmless(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (Character.getType(point)) {
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    shown.append(Character.isWhitespace(point) ? " " : escaped(point));
                case Character.FORMAT, Character.SURROGATE ->
                    shown.append(
                        JOINERS.contains(point) ? Character.toString(point) : escaped(point));
                default -> shown.appendCodePoint(point);
              }
            });
    return shown.toString();
  }

  private static String escaped(int point) {
    return String.format(Locale.ROOT, "\\u{%x}", point);
  }
}
