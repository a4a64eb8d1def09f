package io.sparklrp.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTextTest {
  private static final String[] PIECES = {
    "a", "é", "東", "🎉", "👩\u200D🔬", "\uD83D", "\uDE00", "\u0000", " ", "e\u0301"
  };

  private static String random(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** The plain way: all code points, each time. */
  private static String cut(String text, int start, int end) {
    return new String(text.codePoints().toArray(), start, end - start);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void cutsByCodePointsInAnyOrder(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      String text = random(random);
      int points = text.codePointCount(0, text.length());
      SourceText source = new SourceText(text);
      for (int i = 0; i < 20; i++) {
        int start = random.nextInt(points + 1);
        int end = start + random.nextInt(points - start + 1);
        assertThat(source.cut(start, end))
            .as("seed %d, round %d: %d to %d", seed, round, start, end)
            .isEqualTo(cut(text, start, end));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain text", "🎉 and 🎉🎉 more", "\uDE00 alone \uD83D"})
  void neighbouringPartsMakeTheWhole(String text) {
    SourceText source = new SourceText(text);
    StringBuilder parts = new StringBuilder();
    for (int i = 0; i < text.codePointCount(0, text.length()); i++) {
      parts.append(source.cut(i, i + 1));
    }
    assertThat(parts).hasToString(text);
  }
}
