package io.sparklrp.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What people marked in a text: a number for each of its words, which blanks part. */
public final class Highlights {
  private static final double MARKED = 0.5;

  private final int[] wordOfCharacter;
  private final boolean[] isMarked;
  private final int marked;

  private Highlights(int[] wordOfCharacter, boolean[] isMarked, int marked) {
    this.wordOfCharacter = wordOfCharacter;
    this.isMarked = isMarked;
    this.marked = marked;
  }

  /**
   * How well relevance ranks words as people do.
   *
   * @param averagePrecision of the marked words in relevance's order
   * @param f1 of as many of the most relevant words as people marked
   */
  public record Agreement(double averagePrecision, double f1) {
    /** Where there is nothing to agree with. */
    public static final Agreement NONE = new Agreement(Double.NaN, Double.NaN);
  }

  /**
   * Those of a text.
   *
   * @param importance of each word: from 0.5 on it is marked
   * @return empty where there are not as many numbers as words, or none or all words are marked
   */
  public static Optional<Highlights> of(String text, double... importance) {
    int[] characters = text.codePoints().toArray();
    int[] words = new int[characters.length];
    int word = -1;
    boolean isInside = false;
    for (int i = 0; i < characters.length; i++) {
      boolean isBlank = Character.isWhitespace(characters[i]);
      word += !isBlank && !isInside ? 1 : 0;
      isInside = !isBlank;
      words[i] = isBlank ? -1 : word;
    }
    boolean[] isMarked = new boolean[importance.length];
    IntStream.range(0, importance.length).forEach(i -> isMarked[i] = importance[i] >= MARKED);
    int marked = (int) IntStream.range(0, isMarked.length).filter(i -> isMarked[i]).count();
    boolean isOfUse = importance.length == word + 1 && marked > 0 && marked < importance.length;
    return isOfUse ? Optional.of(new Highlights(words, isMarked, marked)) : Optional.empty();
  }

  /**
   * The agreement with some relevance; a word has the sum of its tokens.
   *
   * @param starts where each token begins in the text, in code points; -1 for one that is not of it
   * @param relevance of each token
   */
  public Agreement with(int[] starts, double... relevance) {
    double[] ofWords = new double[isMarked.length];
    for (int token = 0; token < starts.length; token++) {
      int word = word(starts[token]);
      if (word >= 0) {
        ofWords[word] += relevance[token];
      }
    }
    List<Integer> order =
        IntStream.range(0, ofWords.length)
            .boxed()
            .sorted(Comparator.comparingDouble(word -> -ofWords[word]))
            .toList();
    int found = 0;
    int atLength = 0;
    double precisions = 0;
    for (int rank = 1; rank <= order.size(); rank++) {
      if (isMarked[order.get(rank - 1)]) {
        found++;
        precisions += found / (double) rank;
      }
      atLength = rank == marked ? found : atLength;
    }
    return new Agreement(precisions / marked, atLength / (double) marked);
  }

  /** A token may begin with the blank before its word. */
  private int word(int start) {
    int at = start;
    while (at >= 0 && at < wordOfCharacter.length && wordOfCharacter[at] < 0) {
      at++;
    }
    return at < 0 || at >= wordOfCharacter.length ? -1 : wordOfCharacter[at];
  }
}
