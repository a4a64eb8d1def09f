package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.error.RecordException;
import io.sparklrp.error.UserException;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.record.EncodedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTokenizerTest {
  private static final GoldenFixture FIXTURE = GoldenFixture.of("bert-seqcls");

  private final TextTokenizer tokenizer = tokenizer(900);

  private static TextTokenizer tokenizer(int rows) {
    byte[] json = FIXTURE.checkpoint().tokenizer().orElseThrow().bytes();
    return new TextTokenizer(new TokenizerSettings(json, FIXTURE.maxLength(), rows));
  }

  static List<GoldenFixture.GoldenRecord> records() {
    return FIXTURE.records();
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @ParameterizedTest
  @MethodSource("records")
  void encodesAsTheReference(GoldenFixture.GoldenRecord record) throws RecordException {
    EncodedText text = tokenizer.encode(record.text(), record.textPair());
    assertThat(text.isTruncated()).isEqualTo(record.truncated());
    assertThat(text.length()).isEqualTo(record.ids().length);
    for (int i = 0; i < text.length(); i++) {
      assertThat(text.id(i)).isEqualTo(record.ids()[i]);
      assertThat(text.typeId(i)).isEqualTo(record.types()[i]);
      assertThat(text.token(i)).isEqualTo(record.tokens().get(i));
      assertThat(text.segment(i)).isEqualTo(record.sequenceIds()[i]);
      boolean special = text.isSpecial(i);
      assertThat(special ? 0 : text.start(i)).isEqualTo(record.offsets()[i][0]);
      assertThat(special ? 0 : text.end(i)).isEqualTo(record.offsets()[i][1]);
    }
  }

  @Test
  void spansAreCodePointsAfterAnEmoji() throws RecordException {
    EncodedText text = tokenizer.encode("🎉 the movie", null);
    int last = text.length() - 2;
    assertThat(text.token(last)).isEqualTo("movie");
    assertThat(text.start(last)).isEqualTo(6);
    assertThat(text.end(last)).isEqualTo(11);
  }

  @Test
  void loneSurrogatesKeepTheirPlaces() throws RecordException {
    EncodedText text = tokenizer.encode("a\uD800 movie \uDC00", null);
    assertThat(TextTokenizer.wellFormed("a\uD800b🎉\uDC00")).isEqualTo("a\uFFFDb🎉\uFFFD");
    assertThat(text.length()).isGreaterThan(2);
    for (int i = 0; i < text.length(); i++) {
      if (text.token(i).equals("movie")) {
        assertThat(text.start(i)).isEqualTo(3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\t\n", "\u0000", "\u0001\u0007\u200B", "\uFEFF"})
  void blankTextsHaveSpecialTokensOnly(String text) throws RecordException {
    EncodedText encoded = tokenizer.encode(text, null);
    assertThat(encoded.isSpecial(0)).isTrue();
    assertThat(encoded.isTruncated()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"the movie was bad ", "🎉!"})
  void aMegabyteOfTextIsCutInTimeAndSaysSo(String piece) {
    String text = piece.repeat(1_000_000 / piece.length());
    EncodedText cut =
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> tokenizer.encode(text, null));
    assertThat(cut.length()).isEqualTo(FIXTURE.maxLength());
    assertThat(cut.isTruncated()).isTrue();
  }

  @Test
  void aHugeWordIsOneUnknownToken() throws RecordException {
    EncodedText text = tokenizer.encode("x".repeat(200_000), null);
    assertThat(text.length()).isEqualTo(3);
    assertThat(text.token(1)).isEqualTo("[UNK]");
    assertThat(text.end(1)).isEqualTo(200_000);
    assertThat(text.isTruncated()).isFalse();
  }

  /** A model's own special tokens may stand in a text: they are its words there. */
  @Test
  void specialTokensOfTheTextAreNotOurs() throws RecordException {
    EncodedText text = tokenizer.encode("🎉 [SEP] movie", null);
    int first =
        IntStream.range(0, text.length())
            .filter(i -> text.token(i).equals("[SEP]"))
            .findFirst()
            .orElseThrow();
    assertThat(text.isSpecial(first)).isFalse();
    assertThat(text.start(first)).isEqualTo(2);
    assertThat(text.end(first)).isEqualTo(7);
    assertThat(text.segment(first)).isZero();
    assertThat(text.isSpecial(text.length() - 1)).isTrue();
  }

  @Test
  void paddingAndTruncationOfTheFileAreReplaced() throws IOException, RecordException {
    ObjectNode json = json();
    json.set(
        "padding",
        json(
            """
        {"strategy": {"Fixed": 30}, "direction": "Right", "pad_to_multiple_of": null,
         "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"}"""));
    json.set(
        "truncation",
        json(
            """
        {"direction": "Right", "max_length": 5, "strategy": "OnlyFirst", "stride": 2}"""));
    try (TextTokenizer changed = tokenizer(json)) {
      EncodedText expected = tokenizer.encode("the movie was not bad at all", null);
      EncodedText text = changed.encode("the movie was not bad at all", null);
      assertThat(text.length()).isEqualTo(expected.length());
      assertThat(text.isTruncated()).isFalse();
      String longer = "the movie was not bad at all ".repeat(10);
      expected = tokenizer.encode(longer, null);
      text = changed.encode(longer, null);
      assertThat(text.length()).isEqualTo(expected.length());
      for (int i = 0; i < text.length(); i++) {
        assertThat(text.id(i)).isEqualTo(expected.id(i));
      }
    }
  }

  private static ObjectNode json() throws IOException {
    return (ObjectNode)
        new ObjectMapper().readTree(FIXTURE.checkpoint().tokenizer().orElseThrow().bytes());
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static TextTokenizer tokenizer(ObjectNode json) {
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    return new TextTokenizer(new TokenizerSettings(bytes, FIXTURE.maxLength(), 900));
  }

  /** Without a template of special tokens an empty text has nothing to explain. */
  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\u0000"})
  void aTextWithoutAnyTokenIsRefused(String text) throws IOException, RecordException {
    ObjectNode json = json();
    json.putNull("post_processor");
    try (TextTokenizer bare = tokenizer(json)) {
      assertThat(bare.encode("the movie", null).length()).isEqualTo(2);
      assertThatThrownBy(() -> bare.encode(text, null))
          .isInstanceOfSatisfying(
              RecordException.class, e -> assertThat(e.kind()).isEqualTo("no-tokens"));
    }
  }

  @Test
  void textBeyondTheLimitIsRefused() {
    String text = "a".repeat(TextTokenizer.LONGEST_TEXT + 1);
    assertThatThrownBy(() -> tokenizer.encode(text, null))
        .isInstanceOfSatisfying(
            RecordException.class, e -> assertThat(e.kind()).isEqualTo("text-too-long"));
  }

  @Test
  void tokenIdsBeyondTheEmbeddingsAreRefused() {
    try (TextTokenizer small = tokenizer(300)) {
      assertThatThrownBy(() -> small.encode("the movie", null))
          .isInstanceOfSatisfying(
              RecordException.class, e -> assertThat(e.kind()).isEqualTo("token-id"));
    }
  }

  @Test
  void whatIsNoTokenizerIsRefused() {
    TokenizerSettings settings =
        new TokenizerSettings("{}".getBytes(StandardCharsets.UTF_8), 40, 900);
    assertThatThrownBy(() -> new TextTokenizer(settings))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tokenizer.json");
  }
}
