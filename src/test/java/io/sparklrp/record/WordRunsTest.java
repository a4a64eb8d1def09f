package io.sparklrp.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.checkpoint.TokenizerFile;
import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.engine.TokenizerSettings;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.window.EncodedWindows;
import io.sparklrp.oracle.GoldenFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of tokenizers that read a text as one word. */
class WordRunsTest {
  private static final String[] PIECES = {
    "the", "cat", "n't", "🎉", "é", "电影", ".", "</s>", "<unk>", "x1", " ", "  ", "\t", "\n",
    "\u3000", "\u00a0"
  };

  private static TextTokenizer tokenizer(String fixture) {
    Path file = GoldenFixture.of(fixture).directory().resolve("tokenizer.json");
    return new TextTokenizer(new TokenizerSettings(TokenizerFile.read(file).bytes(), 512, 1 << 20));
  }

  private static List<String> runs(EncodedText encoded, int segment, String text) {
    int[] points = text.codePoints().toArray();
    List<String> words = new ArrayList<>();
    int last = -1;
    int start = 0;
    int end = 0;
    for (int i = 0; i < encoded.length(); i++) {
      if (encoded.segment(i) == segment) {
        if (encoded.word(i) != last) {
          assertThat(encoded.word(i)).isEqualTo(last + 1);
          last = encoded.word(i);
          start = encoded.start(i);
          words.add("");
        }
        end = Math.max(end, encoded.end(i));
        words.set(last, new String(points, start, end - start));
      }
    }
    return words.stream().map(WordRunsTest::strip).toList();
  }

  private static String strip(String word) {
    int[] points = word.codePoints().toArray();
    int from = 0;
    int to = points.length;
    while (from < to && WordRuns.isBlank(points[from])) {
      from++;
    }
    while (to > from && WordRuns.isBlank(points[to - 1])) {
      to--;
    }
    return new String(points, from, to - from);
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split("[\\s\\h\u3000]+")).filter(word -> !word.isEmpty()).toList();
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("a");
    int count = random.nextInt(20);
    for (int i = 0; i < count; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.append("b").append(random.nextBoolean() ? "" : " ").toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-clm-tied", "mistral-clm", "gemma2-clm", "gemma3-clm"})
  void areTheTextsWordsOfBothTexts(String fixture) throws RecordException {
    Random random = new Random(20);
    try (TextTokenizer tokenizer = tokenizer(fixture)) {
      for (int i = 0; i < 200; i++) {
        String text = text(random);
        String pair = text(random);
        EncodedText encoded = tokenizer.encode(text, pair);
        assertThat(encoded.hasOwnWords()).isFalse();
        assertThat(runs(encoded, 0, text)).as(text).isEqualTo(split(text));
        assertThat(runs(encoded, 1, pair)).as(pair).isEqualTo(split(pair));
      }
    }
  }

  @Test
  void windowsKeepTheirDocumentsWords() throws RecordException {
    String text = "the cat did not like the film at all ".repeat(3);
    Path file = GoldenFixture.of("llama-clm-tied").directory().resolve("tokenizer.json");
    byte[] json = TokenizerFile.read(file).bytes();
    try (TextTokenizer tokenizer =
        new TextTokenizer(new TokenizerSettings(json, 12, 1 << 20, 3, false))) {
      EncodedWindows windows = EncodedWindows.of(tokenizer, text, null);
      assertThat(windows.count()).isGreaterThan(2);
      assertThat(runs(windows.document(), 0, text)).isEqualTo(split(text));
      EncodedText second = windows.window(1);
      assertThat(second.hasOwnWords()).isFalse();
      assertThat(second.word(1)).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "albert-seqcls",
        "bert-seqcls",
        "deberta-v2-seqcls",
        "gpt2-clm",
        "llama-clm",
        "mpnet-seqcls",
        "qwen2-clm",
        "roberta-seqcls",
        "t5-tokcls",
        "xlmr-seqcls"
      })
  void areLeftToTokenizersThatHaveWords(String fixture) throws RecordException {
    try (TextTokenizer tokenizer = tokenizer(fixture)) {
      assertThat(tokenizer.encode("the cat sat", null).hasOwnWords()).isTrue();
    }
  }
}
