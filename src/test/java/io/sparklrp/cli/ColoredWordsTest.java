package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.attribution.MarkedText;
import io.sparklrp.attribution.WordRelevance;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ColoredWordsTest {
  private static final String TEXT = "🎉 good,  not bad!";

  private static WordRelevance word(int start, int end, float relevance) {
    return new WordRelevance("", start, end, 0, relevance);
  }

  private static List<WordRelevance> words() {
    return List.of(
        word(0, 1, 0.1f), word(2, 6, 2f), word(6, 7, 0f), word(9, 12, -1f), word(13, 16, 0.5f));
  }

  @Test
  void largeAmountsStandBesideTheirWords() {
    assertThat(new ColoredWords(false).render(MarkedText.of(TEXT, words())))
        .isEqualTo("🎉 good[+2.00],  not[-1.00] bad[+0.50]!");
  }

  @Test
  void redIsForAndBlueAgainstByIntensity() {
    String rendered = new ColoredWords(true).render(MarkedText.of(TEXT, words()));
    assertThat(rendered)
        .contains(
            "\u001b[30;48;2;255;110;110mgood\u001b[0m",
            "\u001b[30;48;2;255;255;255m,\u001b[0m",
            "\u001b[30;48;2;183;183;255mnot\u001b[0m")
        .endsWith("\u001b[0m!");
    assertThat(rendered.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(TEXT);
  }

  @Test
  void digitsAreThoseOfTerminalsInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(new ColoredWords(true).render(MarkedText.of(TEXT, words())))
          .contains("\u001b[30;48;2;255;110;110m");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void wordsThatOverlapAreShownOnce() {
    assertThat(
            new ColoredWords(false)
                .render(MarkedText.of("abc", List.of(word(0, 2, 1f), word(1, 3, 1f)))))
        .isEqualTo("ab[+1.00]c");
  }

  @Test
  void whatCommandsATerminalIsWrittenOut() {
    String hostile = "a\u001b[31mred\u0007 \u202eright\nnext\ttab 👩\u200d🔬 \ud800";
    assertThat(new ColoredWords(false).render(MarkedText.of(hostile, List.of())))
        .isEqualTo("a\\u{1b}[31mred\\u{7} \\u{202e}right next tab 👩\u200d🔬 \\u{d800}");
    assertThat(new ColoredWords(true).render(MarkedText.of("\u001b[2J", List.of(word(0, 4, 1f)))))
        .isEqualTo("\u001b[30;48;2;255;110;110m\\u{1b}[2J\u001b[0m");
  }

  @Test
  void nothingIsMarkedWhereNothingMatters() {
    assertThat(new ColoredWords(false).render(MarkedText.of("a b", List.of(word(0, 1, 0f)))))
        .isEqualTo("a b");
    assertThat(new ColoredWords(false).render(MarkedText.of("", List.of()))).isEmpty();
  }
}
