package io.sparklrp.spark.aggregate;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * A few numbers that tell how many words two texts share (MinHash, Broder 1997): each is the least
 * hash of the words, by a hash of its own, and as many of them are alike as is the share of words
 * that the texts have in common of all that stand in either.
 */
final class TextSketch {
  /** Numbers of a sketch. */
  static final int LENGTH = 32;

  /**
   * Two texts are copies, or one is a part of the other, from so many alike on: two words of five.
   * What words like "the" make alike is less.
   */
  static final int ALIKE = 13;

  /** Texts of fewer words do not tell what else a text may say: they are taken for copies. */
  static final int LEAST_WORDS = 4;

  private TextSketch() {}

  /** The sketch of different words, in any order. */
  static Integer[] of(Collection<String> words) {
    Integer[] least = new Integer[LENGTH];
    Arrays.fill(least, Integer.MAX_VALUE);
    if (words.size() < LEAST_WORDS) {
      return least;
    }
    for (String word : words) {
      for (int i = 0; i < LENGTH; i++) {
        least[i] = Math.min(least[i], hash(word.hashCode() + i * 0x9E3779B9));
      }
    }
    return least;
  }

  /** The last step of MurmurHash3, which mixes all bits. */
  private static int hash(int bits) {
    int h = bits;
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    return h ^ (h >>> 16);
  }

  /** How many texts there are without copies of those before, of an array of sketches, in SQL. */
  static String texts(String sketches) {
    String alike = "size(filter(zip_with(other, sketch, (a, b) -> a = b), same -> same))";
    String isCopy = String.format(Locale.ROOT, "exists(kept, other -> %s >= %d)", alike, ALIKE);
    return String.format(
        "size(aggregate(%s, cast(array() as array<array<int>>),"
            + " (kept, sketch) -> if(%s, kept, concat(kept, array(sketch)))))",
        sketches, isCopy);
  }
}
