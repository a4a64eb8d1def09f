package io.sparklrp.attribution;

/**
 * A text whose parts are cut by code points, which differ from Java's characters after an emoji.
 */
final class SourceText {
  private final String text;
  private final boolean plain;
  private int knownPoint;
  private int knownIndex;

  SourceText(String text) {
    this.text = text;
    this.plain = text.codePointCount(0, text.length()) == text.length();
  }

  /** The part from one code point to before another. Cheapest when asked in order. */
  String cut(int start, int end) {
    int from = index(start);
    return text.substring(from, index(end));
  }

  private int index(int point) {
    if (plain) {
      return point;
    }
    knownIndex = text.offsetByCodePoints(knownIndex, point - knownPoint);
    knownPoint = point;
    return knownIndex;
  }
}
