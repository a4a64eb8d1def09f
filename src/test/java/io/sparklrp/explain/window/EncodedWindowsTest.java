package io.sparklrp.explain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.engine.TokenizerSettings;
import io.sparklrp.error.RecordException;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.record.EncodedText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows are those of the tokenizers library, and tokens of the document. */
class EncodedWindowsTest {
  private static final byte[] JSON =
      GoldenFixture.of("bert-seqcls").checkpoint().tokenizer().orElseThrow().bytes();
  private static final List<String> WORDS =
      List.of(
          "the", "movie", "🎉", "was", "unbelievably", "bad", "[SEP]", "e\u0301", "!", "👨‍👩‍👧");

  private static String words(Random random, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
        .collect(Collectors.joining(" "));
  }

  private static byte[] cuttingLeft() throws IOException {
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(JSON);
    json.putObject("truncation")
        .put("direction", "Left")
        .put("max_length", 9)
        .put("strategy", "LongestFirst")
        .put("stride", 0);
    return json.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static EncodedWindows windows(
      String text, String pair, int maxLength, int stride, boolean cutsLeft)
      throws RecordException {
    TokenizerSettings settings = new TokenizerSettings(JSON, maxLength, 900, stride, cutsLeft);
    try (TextTokenizer tokenizer = new TextTokenizer(settings)) {
      return EncodedWindows.of(tokenizer, text, pair);
    }
  }

  /** The windows of the library, in the order of the text. */
  private static List<Encoding> reference(
      String text, String pair, int maxLength, int stride, boolean cutsLeft) throws IOException {
    Map<String, String> options =
        Map.of(
            "padding", "false",
            "truncation", pair == null ? "only_first" : "only_second",
            "maxLength", Integer.toString(maxLength),
            "modelMaxLength", Integer.toString(maxLength),
            "stride", Integer.toString(stride));
    byte[] json = cutsLeft ? cuttingLeft() : JSON;
    try (HuggingFaceTokenizer library =
        HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options)) {
      Encoding first =
          pair == null ? library.encode(text, true, true) : library.encode(text, pair, true, true);
      List<Encoding> all = new ArrayList<>(List.of(first));
      all.addAll(Arrays.asList(first.getOverflowing()));
      if (cutsLeft) {
        Collections.reverse(all);
      }
      return all;
    }
  }

  private static void compare(EncodedText window, Encoding reference, String which) {
    int length = window.length();
    assertThat(IntStream.range(0, length).mapToLong(window::id).toArray())
        .as(which)
        .isEqualTo(reference.getIds());
    assertThat(IntStream.range(0, length).mapToLong(window::typeId).toArray())
        .as(which)
        .isEqualTo(reference.getTypeIds());
    for (int i = 0; i < length; i++) {
      boolean special = reference.getSpecialTokenMask()[i] == 1;
      assertThat(window.isSpecial(i)).as(which).isEqualTo(special);
      if (!special) {
        assertThat(window.start(i))
            .as(which)
            .isEqualTo(reference.getCharTokenSpans()[i].getStart());
        assertThat(window.end(i)).as(which).isEqualTo(reference.getCharTokenSpans()[i].getEnd());
        assertThat((long) window.word(i)).as(which).isEqualTo(reference.getWordIds()[i]);
        assertThat((long) window.segment(i)).as(which).isEqualTo(reference.getSequenceIds()[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areThoseOfTheTokenizersLibrary(boolean cutsLeft) throws Exception {
    Random random = new Random(77);
    for (int round = 0; round < 24; round++) {
      boolean isPair = round % 3 == 0;
      String first = words(random, isPair ? 1 + random.nextInt(3) : 1 + random.nextInt(60));
      String second = isPair ? words(random, 1 + random.nextInt(60)) : null;
      int maxLength = 24 + random.nextInt(16);
      int stride = random.nextInt(5);
      String which = String.format("round %d, pair %s, left %s", round, isPair, cutsLeft);
      EncodedWindows found = windows(first, second, maxLength, stride, cutsLeft);
      List<Encoding> reference = reference(first, second, maxLength, stride, cutsLeft);
      assertThat(found.count()).as(which).isEqualTo(reference.size());
      assertThat(found.document().isTruncated()).as(which).isFalse();
      for (int window = 0; window < found.count(); window++) {
        assertThat(found.window(window).length()).as(which).isEqualTo(found.length(window));
        compare(found.window(window), reference.get(window), which);
      }
    }
  }

  @Test
  void everyTokenIsOneOfTheDocument() throws RecordException {
    String text = words(new Random(5), 80);
    EncodedWindows found = windows(text, null, 12, 4, false);
    EncodedText document = found.document();
    int[] seen = new int[document.length()];
    for (int window = 0; window < found.count(); window++) {
      EncodedText tokens = found.window(window);
      for (int i = 0; i < tokens.length(); i++) {
        int at = found.documentToken(window, i);
        seen[at]++;
        assertThat(found.windowToken(window, at)).isEqualTo(i);
        assertThat(document.id(at)).isEqualTo(tokens.id(i));
        assertThat(document.start(at)).isEqualTo(tokens.start(i));
      }
    }
    assertThat(seen[0]).isEqualTo(found.count());
    assertThat(seen[document.length() - 1]).isEqualTo(found.count());
    assertThat(Arrays.copyOfRange(seen, 1, seen.length - 1)).containsOnly(1, 2);
    assertThat(found.windowToken(0, document.length() - 2)).isEqualTo(-1);
    assertThat(found.windowToken(found.count() - 1, 1)).isEqualTo(-1);
  }

  @Test
  void theBestWindowHasMostContext() throws RecordException {
    EncodedWindows found = windows("the movie ".repeat(12), null, 12, 4, false);
    // Text tokens 1 to 24; windows have 1 to 10, 7 to 16, 13 to 22 and 19 to 24.
    assertThat(found.count()).isEqualTo(4);
    assertThat(found.bestWindow(1)).isZero();
    assertThat(found.bestWindow(8)).isZero();
    assertThat(found.bestWindow(9)).isEqualTo(1);
    assertThat(found.bestWindow(24)).isEqualTo(3);
    assertThat(found.bestWindow(7, 10)).isZero();
    assertThat(found.bestWindow(7, 16)).isEqualTo(1);
    assertThat(found.bestWindow(1, 24)).isEqualTo(-1);
    assertThat(found.bestWindow(0)).isZero();
    int[] all = found.bestWindows();
    for (int token = 0; token < all.length; token++) {
      assertThat(all[token]).as("token %d", token).isEqualTo(found.bestWindow(token));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void textBehindTheLastWindowIsNotSilent(boolean cutsLeft) throws RecordException {
    String text = "the movie ".repeat(EncodedWindows.MOST_WINDOWS);
    EncodedWindows found = windows(text, null, 4, 1, cutsLeft);
    assertThat(found.count()).isEqualTo(EncodedWindows.MOST_WINDOWS);
    assertThat(found.document().isTruncated()).isTrue();
    assertThat(found.document().length()).isEqualTo(EncodedWindows.MOST_WINDOWS + 1 + 2);
    int start = cutsLeft ? text.length() / 2 - 6 : 0;
    assertThat(found.document().start(1)).isEqualTo(start);
    assertThat(windows("the movie", null, 4, 1, cutsLeft).document().isTruncated()).isFalse();
  }

  @Test
  void aQuestionThatLeavesNoRoomIsRefused() throws RecordException {
    String question = "the movie ".repeat(6);
    assertThat(windows(question, "the movie", 17, 2, false).count()).isEqualTo(1);
    assertThatThrownBy(() -> windows(question, "the movie the movie", 17, 2, false))
        .isInstanceOfSatisfying(
            RecordException.class, e -> assertThat(e.kind()).isEqualTo("stride"));
    assertThat(windows(question, "the movie the movie", 18, 2, false).count()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u0000"})
  void blankTextsAreOneWindow(String text) throws RecordException {
    EncodedWindows found = windows(text, null, 5, 1, false);
    assertThat(found.count()).isEqualTo(1);
    assertThat(found.window(0).length()).isEqualTo(found.document().length()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {61, 62, 63, 64})
  void aWindowHasTheDocumentsTokensThatItShowsAndNoOthers(long seed) throws RecordException {
    Random random = new Random(seed);
    String pair = random.nextBoolean() ? words(random, 40) : null;
    EncodedWindows windows = windows(words(random, pair == null ? 60 : 1), pair, 33, 2, false);

    for (int window = 0; window < windows.count(); window++) {
      int[] shown = new int[windows.document().length()];
      Arrays.fill(shown, -1);
      for (int token = 0; token < windows.length(window); token++) {
        shown[windows.documentToken(window, token)] = token;
      }
      for (int token = 0; token < shown.length; token++) {
        assertThat(windows.windowToken(window, token))
            .as("seed %d, window %d, token %d", seed, window, token)
            .isEqualTo(shown[token]);
      }
    }
  }
}
