package io.sparklrp.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.error.RecordException;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.record.EncodedText;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every text. */
class TextTokenizerPropertiesTest {
  private static final byte[] JSON =
      GoldenFixture.of("bert-seqcls").checkpoint().tokenizer().orElseThrow().bytes();

  private static TextTokenizer tokenizer(int maxLength) {
    return new TextTokenizer(new TokenizerSettings(JSON, maxLength, 900));
  }

  /** A text and a second one, or null for every other. */
  private static List<String[]> texts(long seed, int count) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new String[] {
                  RandomTexts.of(random, 30), i % 2 == 0 ? null : RandomTexts.of(random, 10)
                })
        .toList();
  }

  private static List<String> describe(EncodedText text) {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      tokens.add(
          String.join(
              " ",
              text.token(i),
              Long.toString(text.id(i)),
              Long.toString(text.typeId(i)),
              text.start(i) + "-" + text.end(i),
              text.segment(i) + ":" + text.word(i),
              Boolean.toString(text.isSpecial(i))));
    }
    return tokens;
  }

  @ParameterizedTest
  @ValueSource(longs = {61, 62, 63, 64})
  void spansLieWithinTheirTextsAndInOrder(long seed) throws RecordException {
    try (TextTokenizer tokenizer = tokenizer(512)) {
      for (String[] pair : texts(seed, 50)) {
        EncodedText text = tokenizer.encode(pair[0], pair[1]);
        int[] last = {0, 0};
        int[] word = {0, 0};
        for (int i = 0; i < text.length(); i++) {
          String which = String.format("seed %d, token %d of %s", seed, i, describe(text));
          if (text.isSpecial(i)) {
            assertThat(new int[] {text.start(i), text.end(i), text.word(i), text.segment(i)})
                .as(which)
                .containsOnly(EncodedText.NONE);
          } else {
            int segment = text.segment(i);
            String source = pair[segment];
            assertThat(text.typeId(i)).as(which).isEqualTo(segment);
            assertThat(text.start(i)).as(which).isGreaterThanOrEqualTo(last[segment]);
            assertThat(text.end(i))
                .as(which)
                .isGreaterThan(text.start(i))
                .isLessThanOrEqualTo(source.codePointCount(0, source.length()));
            assertThat(text.word(i)).as(which).isGreaterThanOrEqualTo(word[segment]);
            last[segment] = text.start(i);
            word[segment] = text.word(i);
          }
        }
      }
    }
  }

  /** WordPiece cuts, lowers case and drops accents, and does nothing else. */
  @ParameterizedTest
  @ValueSource(longs = {65, 66, 67})
  void spansHoldTheirTokens(long seed) throws RecordException {
    try (TextTokenizer tokenizer = tokenizer(512)) {
      for (String[] pair : texts(seed, 50)) {
        EncodedText text = tokenizer.encode(pair[0], pair[1]);
        for (int i = 0; i < text.length(); i++) {
          if (!text.isSpecial(i) && !text.token(i).equals("[UNK]")) {
            int[] points = TextTokenizer.wellFormed(pair[text.segment(i)]).codePoints().toArray();
            String cut = new String(points, text.start(i), text.end(i) - text.start(i));
            assertThat(plain(cut))
                .as("seed %d, token %d of %s", seed, i, describe(text))
                .isEqualTo(plain(text.token(i).replaceFirst("^##", "")));
          }
        }
      }
    }
  }

  private static String plain(String text) {
    return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
        .replaceAll("[\\p{Mn}\\p{Cf}\\p{Cc}\uFFFD]", "");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 9, 40})
  void nothingIsLongerThanAllowedAndWhatIsCutSaysSo(int maxLength) {
    try (TextTokenizer small = tokenizer(maxLength);
        TextTokenizer large = tokenizer(100_000)) {
      for (String[] pair : texts(maxLength, 100)) {
        String which = String.format("at most %d, seed %d", maxLength, maxLength);
        try {
          EncodedText cut = small.encode(pair[0], pair[1]);
          EncodedText whole = large.encode(pair[0], pair[1]);
          assertThat(cut.length()).as(which).isBetween(1, maxLength);
          assertThat(whole.isTruncated()).as(which).isFalse();
          assertThat(cut.isTruncated()).as(which).isEqualTo(cut.length() < whole.length());
          assertThat(describe(whole)).as(which).containsSubsequence(describe(cut));
        } catch (RecordException e) {
          assertThat(e.kind()).as(which).isNotBlank();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void pairsKeepTheirSpecialTokens(int maxLength) throws RecordException {
    try (TextTokenizer tokenizer = tokenizer(maxLength)) {
      EncodedText text = tokenizer.encode("the movie was bad", "not the food");
      assertThat(IntStream.range(0, text.length()).filter(text::isSpecial).mapToObj(text::token))
          .containsExactly("[CLS]", "[SEP]", "[SEP]");
      assertThat(text.length()).isEqualTo(maxLength);
      assertThat(text.isTruncated()).isTrue();
    }
  }

  @Test
  void manyThreadsGetWhatOneGets() throws Exception {
    List<String[]> texts = texts(70, 60);
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try (TextTokenizer tokenizer = tokenizer(40)) {
      Callable<List<List<String>>> task =
          () -> {
            List<List<String>> all = new ArrayList<>();
            for (String[] pair : texts) {
              all.add(describe(tokenizer.encode(pair[0], pair[1])));
            }
            return all;
          };
      List<List<String>> one = task.call();
      List<Future<List<List<String>>>> many =
          pool.invokeAll(Stream.generate(() -> task).limit(6).toList());
      for (Future<List<List<String>>> thread : many) {
        assertThat(thread.get()).as("seed 70").isEqualTo(one);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {71, 72, 73})
  void wellFormedTextsHaveAnEncodingAndAsManyCodePoints(long seed) {
    for (String[] pair : texts(seed, 100)) {
      String mended = TextTokenizer.wellFormed(pair[0]);
      assertThat(new String(mended.getBytes(UTF_8), UTF_8)).as("seed %d", seed).isEqualTo(mended);
      int[] before = pair[0].codePoints().toArray();
      int[] after = mended.codePoints().toArray();
      assertThat(after)
          .as("seed %d", seed)
          .isEqualTo(
              Arrays.stream(before)
                  .map(
                      p ->
                          p >= Character.MIN_SURROGATE && p <= Character.MAX_SURROGATE
                              ? '\uFFFD'
                              : p)
                  .toArray());
    }
  }
}
