package io.sparklrp.attribution;

import java.util.Locale;
import java.util.Set;

/**
 * Text of records, models and errors, which anybody may have written, as a terminal or a page can
 * only show it: what would command it, or turn the direction in which others are read, is written
 * out.
 */
public final class HarmlessText {
  /** Letters of some scripts, and pictures of several signs, are written with these. */
  private static final Set<Integer> JOINERS = Set.of(0x200c, 0x200d);

  private HarmlessText() {}

  /** On one line: white space of any kind is a blank. */
  public static String line(String text) {
    return shown(text, false);
  }

  /** With its lines as they are. */
  public static String lines(String text) {
    return shown(text, true);
  }

  private static String shown(String text, boolean keepsLines) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().forEach(point -> shown.append(shown(point, keepsLines)));
    return shown.toString();
  }

  private static String shown(int point, boolean keepsLines) {
    if (point == '\n' && keepsLines) {
      return "\n";
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          Character.isWhitespace(point) ? " " : escaped(point);
      case Character.FORMAT, Character.SURROGATE ->
          JOINERS.contains(point) ? Character.toString(point) : escaped(point);
      default -> Character.toString(point);
    };
  }

  private static String escaped(int point) {
    return String.format(Locale.ROOT, "\\u{%x}", point);
  }
}
