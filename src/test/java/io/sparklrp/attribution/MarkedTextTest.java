package io.sparklrp.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pieces are the text, whatever is in it. */
class MarkedTextTest {
  private static final long SEED = 5;
  private static final String[] SIGNS = {"a", "é", "🎉", "ש", " ", "字"};

  private static WordRelevance word(int start, int end, float relevance) {
    return new WordRelevance("", start, end, 0, relevance);
  }

  private static String joined(MarkedText text) {
    return text.pieces().stream().map(MarkedText.Piece::text).collect(Collectors.joining());
  }

  @Test
  void piecesAreTheTextWhateverWordsAreMarked() {
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(20);
      for (int at = 0; at < length; at++) {
        text.append(SIGNS[random.nextInt(SIGNS.length)]);
      }
      List<WordRelevance> words = new ArrayList<>();
      for (int at = random.nextInt(3); at < length; at += random.nextInt(4)) {
        words.add(
            word(at, Math.min(length, at + 1 + random.nextInt(3)), random.nextFloat() - 0.5f));
      }
      MarkedText marked = MarkedText.of(text.toString(), words);
      assertThat(joined(marked)).as("seed %d, text %d", SEED, i).isEqualTo(text.toString());
    }
  }

  @Test
  void wordsAreCutByCodePoints() {
    MarkedText marked = MarkedText.of("🎉 not bad", List.of(word(0, 1, 1f), word(6, 9, -2f)));
    assertThat(marked.pieces())
        .containsExactly(
            new MarkedText.Piece("🎉", 1f),
            new MarkedText.Piece(" not ", null),
            new MarkedText.Piece("bad", -2f));
    assertThat(marked.largest()).isEqualTo(2);
  }

  @Test
  void aWordWithinAnotherIsNotMarkedAgain() {
    MarkedText marked = MarkedText.of("abc", List.of(word(0, 2, 1f), word(1, 3, 9f)));
    assertThat(marked.pieces())
        .containsExactly(new MarkedText.Piece("ab", 1f), new MarkedText.Piece("c", null));
  }

  @Test
  void wordsAloneHaveABlankBetweenThem() {
    List<WordRelevance> words =
        List.of(new WordRelevance("not", 9, 12, 1, 1f), new WordRelevance("bad", 0, 3, 0, 2f));
    assertThat(joined(MarkedText.ofWords(words))).isEqualTo("not bad");
    assertThat(MarkedText.ofWords(List.of()).largest()).isZero();
  }
}
