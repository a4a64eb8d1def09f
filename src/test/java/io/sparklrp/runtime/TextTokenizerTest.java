package io.sparklrp.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.error.RecordException;
import io.sparklrp.error.UserException;
import io.sparklrp.oracle.GoldenFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTokenizerTest {
  private static final GoldenFixture FIXTURE = GoldenFixture.of("bert-seqcls");

  private final TextTokenizer tokenizer = tokenizer(900);

  private static TextTokenizer tokenizer(int rows) {
    byte[] json = FIXTURE.checkpoint().tokenizer().bytes();
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

  @Test
  void aMegabyteOfTextIsCutAndSaysSo() throws RecordException {
    EncodedText text = tokenizer.encode("the movie was bad ".repeat(60_000), null);
    assertThat(text.length()).isEqualTo(FIXTURE.maxLength());
    assertThat(text.isTruncated()).isTrue();
  }

  private static ObjectNode json() throws IOException {
    return (ObjectNode) new ObjectMapper().readTree(FIXTURE.checkpoint().tokenizer().bytes());
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
