package io.sparklrp.checkpoint;

/**
 * Texts of untrusted files that may be part of a message: with line breaks or a terminal's escapes
 * they would forge what a user reads.
 */
final class PlainText {
  private static final int LONGEST = 1000;

  private PlainText() {}

  /** Whether a text is of one line, without control characters, and not absurdly long. */
  static boolean isPlain(String text) {
    return text.length() <= LONGEST && text.codePoints().noneMatch(Character::isISOControl);
  }
}
