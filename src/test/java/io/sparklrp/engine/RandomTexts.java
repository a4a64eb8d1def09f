package io.sparklrp.engine;

import java.util.Random;

/** Texts of words, scripts, emoji, control characters and lone surrogates, made of a seed. */
final class RandomTexts {
  private static final String[] PIECES = {
    "the",
    "movie",
    " ",
    " ",
    " ",
    "was",
    "not",
    "bad",
    "naïve",
    "CAFÉ",
    "東京",
    "Привет",
    "🎉",
    "👩\u200D🔬",
    "\uD83D",
    "\uDE00",
    "\u0000",
    "\u0001",
    "\u200B",
    "\uFEFF",
    "\t",
    "\r\n",
    "e\u0301",
    "İ",
    "ß",
    "ﬁ",
    "!",
    "...",
    "[SEP]",
    "[MASK]",
    "12,345",
    "x".repeat(120),
    "\uFFFD",
    "ا",
    "हिन्दी",
    "𝔘"
  };

  private RandomTexts() {}

  /** A text of up to that many pieces. */
  static String of(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(pieces + 1); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
