package io.sparklrp.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
  private static final TokenRelevance CLS =
      new TokenRelevance("[CLS]", 101, null, null, null, null, true, 1000);

  private static TokenRelevance token(int segment, int word, int start, int end, double relevance) {
    return new TokenRelevance("t", 7, start, end, word, segment, false, (float) relevance);
  }

  @Test
  void aWordIsTheSumOfItsTokens() {
    List<TokenRelevance> tokens =
        List.of(
            CLS,
            token(0, 0, 0, 3, .5),
            token(0, 1, 4, 6, 1),
            token(0, 1, 6, 9, -3),
            token(0, 1, 9, 10, .25),
            CLS);
    assertThat(Words.of(tokens, List.of("the moviegoer"), true))
        .containsExactly(
            new WordRelevance("the", 0, 3, 0, .5f), new WordRelevance("movieg", 4, 10, 0, -1.75f));
  }

  @Test
  void aPairsWordsAreCutFromTheirOwnTexts() {
    List<TokenRelevance> tokens =
        List.of(CLS, token(0, 0, 0, 2, 1), CLS, token(1, 0, 0, 3, 2), token(1, 1, 4, 5, 3), CLS);
    assertThat(Words.of(tokens, List.of("ab", "🎉de f"), true))
        .containsExactly(
            new WordRelevance("ab", 0, 2, 0, 1),
            new WordRelevance("🎉de", 0, 3, 1, 2),
            new WordRelevance("f", 4, 5, 1, 3));
  }

  /** Byte-level tokenizers give the bytes of one character the same span. */
  @Test
  void spansMayOverlapAndRepeat() {
    List<TokenRelevance> tokens =
        List.of(
            token(0, 0, 0, 2, 1),
            token(0, 0, 1, 2, 1),
            token(0, 0, 1, 2, 1),
            token(0, 1, 1, 4, 1),
            token(0, 2, 4, 4, 1));
    assertThat(Words.of(tokens, List.of("a🎉bc"), true))
        .containsExactly(
            new WordRelevance("a🎉", 0, 2, 0, 3),
            new WordRelevance("🎉bc", 1, 4, 0, 1),
            new WordRelevance("", 4, 4, 0, 1));
  }

  /** As [MASK] is, typed in a text. */
  @Test
  void specialTokensThatStandInATextAreNoWords() {
    TokenRelevance typed = new TokenRelevance("[MASK]", 103, 0, 6, 0, 0, true, 5);
    assertThat(Words.of(List.of(CLS, typed, token(0, 1, 7, 8, 2)), List.of("[MASK] a"), true))
        .containsExactly(new WordRelevance("a", 7, 8, 0, 2));
  }

  @Test
  void tokensWithoutAWordAreLeftOut() {
    TokenRelevance loose = new TokenRelevance("t", 7, 0, 1, null, 0, false, 5);
    assertThat(Words.of(List.of(CLS, loose), List.of("a"), true)).isEmpty();
  }

  /** Each word of a seeded text, in plain loops. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void wordsOfRandomTokens(long seed) {
    Random random = new Random(seed);
    String[] texts = {"ab🎉 cd".repeat(20), "東京🎉x".repeat(20)};
    List<TokenRelevance> tokens = new ArrayList<>();
    Map<String, List<TokenRelevance>> expected = new LinkedHashMap<>();
    for (int segment = 0; segment < 2; segment++) {
      int word = 0;
      for (int i = 0; i < 40; i++) {
        word += random.nextInt(2);
        int start = random.nextInt(70);
        TokenRelevance token =
            token(segment, word, start, start + random.nextInt(10), random.nextGaussian());
        tokens.add(token);
        tokens.add(CLS);
        expected.computeIfAbsent(segment + ":" + word, key -> new ArrayList<>()).add(token);
      }
    }
    List<WordRelevance> words = Words.of(tokens, List.of(texts), true);
    assertThat(words).as("seed %d", seed).hasSameSizeAs(expected.keySet());
    int at = 0;
    for (List<TokenRelevance> parts : expected.values()) {
      check(words.get(at++), parts, texts, seed);
    }
  }

  private static void check(
      WordRelevance word, List<TokenRelevance> parts, String[] texts, long seed) {
    int start = parts.stream().mapToInt(TokenRelevance::start).min().orElseThrow();
    int end = parts.stream().mapToInt(TokenRelevance::end).max().orElseThrow();
    int[] points = texts[word.segment()].codePoints().toArray();
    assertThat(word.segment()).as("seed %d", seed).isEqualTo(parts.get(0).segment());
    assertThat(word.start()).as("seed %d", seed).isEqualTo(start);
    assertThat(word.end()).as("seed %d", seed).isEqualTo(end);
    assertThat(word.word()).as("seed %d", seed).isEqualTo(new String(points, start, end - start));
    assertThat((double) word.relevance())
        .as("seed %d", seed)
        .isCloseTo(parts.stream().mapToDouble(TokenRelevance::relevance).sum(), within(1e-6));
  }

  @Test
  void runsOfTokensHaveNoBlanksAroundThem() {
    List<TokenRelevance> tokens =
        List.of(
            token(0, 0, 0, 3, 1),
            token(0, 1, 3, 7, 2),
            token(0, 1, 7, 8, 3),
            token(0, 2, 8, 10, 4));
    assertThat(Words.of(tokens, List.of("The 🎉at.\u3000 "), false))
        .containsExactly(
            new WordRelevance("The", 0, 3, 0, 1),
            new WordRelevance("🎉at.", 4, 8, 0, 5),
            new WordRelevance("\u3000 ", 8, 10, 0, 4));
  }
}
