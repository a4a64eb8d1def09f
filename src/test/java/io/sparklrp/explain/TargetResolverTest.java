package io.sparklrp.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.engine.TokenizerSettings;
import io.sparklrp.error.RecordException;
import io.sparklrp.model.Target;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a target means for a record: rows that are read and outputs that are weighed. */
class TargetResolverTest {
  private static final int NONE = Target.NONE;
  private static final int OUTPUTS = 100;
  private static final long MASK = 4;

  /** Four tokens of one character each. */
  private static final EncodedText TEXT = SampleRecords.text(10, 11, 12, 13);

  private static final TypeTable TYPES = new TypeTable(1);

  private static TargetResolver ofClasses(Target target) {
    return new TargetResolver(target, false, false, 3, -1, TYPES);
  }

  private static TargetResolver ofWords(Target target) {
    return new TargetResolver(target, true, false, OUTPUTS, -1, TYPES);
  }

  private static void assertAsked(RecordTargets asked, long[] positions, TargetWeights... targets) {
    assertThat(asked.positions()).isEqualTo(positions);
    assertThat(asked.targets())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(targets);
  }

  private static void assertRefused(TargetResolver resolver, EncodedText text, String kind) {
    assertThatThrownBy(() -> resolver.resolve(text, NONE, 0))
        .isInstanceOfSatisfying(RecordException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void classesReadNoRows() throws RecordException {
    long[] none = {};
    assertAsked(ofClasses(new Target.Predicted()).resolve(TEXT, NONE, 0), none);
    assertAsked(ofClasses(new Target.Top(2)).resolve(TEXT, NONE, 0), none);
    assertAsked(ofClasses(new Target.Entities()).resolve(TEXT, NONE, 0), none);
    assertAsked(
        ofClasses(new Target.Fixed(2, NONE)).resolve(TEXT, NONE, 0), none, TargetWeights.of(2));
    assertAsked(
        ofClasses(new Target.Fixed(2, 0)).resolve(TEXT, NONE, 0),
        none,
        TargetWeights.contrast(2, 0));
    assertAsked(
        ofClasses(new Target.Column("label")).resolve(TEXT, 1, 0), none, TargetWeights.of(1));
    assertAsked(
        ofClasses(new Target.All()).resolve(TEXT, NONE, 0),
        none,
        TargetWeights.of(0),
        TargetWeights.of(1),
        TargetWeights.of(2));
    Target several = new Target.Several(List.of(new Target.Fixed(1, NONE), new Target.Fixed(0, 2)));
    assertAsked(
        ofClasses(several).resolve(TEXT, NONE, 0),
        none,
        TargetWeights.of(1),
        TargetWeights.contrast(0, 2));
  }

  @Test
  void nextTokenIsReadAtTheLast() throws RecordException {
    assertAsked(ofWords(new Target.Predicted()).resolve(TEXT, NONE, 0), new long[] {3});
    assertAsked(
        ofWords(new Target.Fixed(7, NONE)).resolve(TEXT, NONE, 0),
        new long[] {3},
        TargetWeights.of(7));
  }

  /** A token that is partly behind the text is of the completion. */
  @ParameterizedTest
  @CsvSource({"3, 1", "2, 2", "1, 3"})
  void completionIsReadAtTheTokensBeforeIt(int characters, int tokens) throws RecordException {
    TargetWeights[] each = new TargetWeights[tokens];
    long[] sum = new long[tokens];
    long[] positions = new long[tokens];
    for (int row = 0; row < tokens; row++) {
      int token = characters + row;
      positions[row] = token - 1L;
      sum[row] = (long) row * OUTPUTS + TEXT.id(token);
      each[row] = TargetWeights.of(sum[row]);
    }
    assertAsked(
        ofWords(new Target.Completion("answer", false)).resolve(TEXT, NONE, characters),
        positions,
        each);
    assertAsked(
        ofWords(new Target.Completion("answer", true)).resolve(TEXT, NONE, characters),
        positions,
        TargetWeights.sum(sum));
  }

  /** The first token has none before it that could say it. */
  @Test
  void firstTokenIsNoCompletion() throws RecordException {
    RecordTargets asked = ofWords(new Target.Completion("answer", false)).resolve(TEXT, NONE, 0);
    assertThat(asked.positions()).containsExactly(0, 1, 2);
  }

  @Test
  void completionThatIsCutOffIsAnErrorOfTheRecord() {
    TargetResolver resolver = ofWords(new Target.Completion("answer", false));
    assertThatThrownBy(() -> resolver.resolve(TEXT, NONE, 4))
        .isInstanceOfSatisfying(
            RecordException.class, e -> assertThat(e.kind()).isEqualTo("completion"));
    assertRefused(resolver, SampleRecords.text(10), "completion");
  }

  /** What a tokenizer adds behind the text is not of the completion. */
  @Test
  void specialTokensAreNoCompletion() throws IOException, RecordException {
    byte[] file =
        Files.readAllBytes(GoldenFixture.of("bert-seqcls").directory().resolve("tokenizer.json"));
    try (TextTokenizer tokenizer = new TextTokenizer(new TokenizerSettings(file, 20, 900))) {
      EncodedText text = tokenizer.encode("the movie was", null);
      int last = text.length() - 2;
      RecordTargets asked =
          new TargetResolver(new Target.Completion("answer", false), true, false, 900, -1, TYPES)
              .resolve(text, NONE, text.end(last - 1));
      assertAsked(asked, new long[] {last - 1}, TargetWeights.of(text.id(last)));
    }
  }

  private static TargetResolver ofMasks(Target target) {
    return new TargetResolver(target, true, true, OUTPUTS, MASK, TYPES);
  }

  private static EncodedText masked(int length, int masks) {
    long[] ids = new long[length];
    Arrays.setAll(ids, i -> i > 0 && i <= masks ? MASK : 10);
    return SampleRecords.text(ids);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64})
  void everyMaskIsExplained(int count) throws RecordException {
    EncodedText text = masked(80, count);
    long[] positions = LongStream.rangeClosed(1, count).toArray();
    assertAsked(ofMasks(new Target.Predicted()).resolve(text, NONE, 0), positions);
    assertAsked(ofMasks(new Target.Top(3)).resolve(text, NONE, 0), positions);
    assertAsked(
        ofMasks(new Target.Column("word")).resolve(text, 7, 0),
        positions,
        IntStream.range(0, count)
            .mapToObj(row -> TargetWeights.of((long) row * OUTPUTS + 7))
            .toArray(TargetWeights[]::new));
  }

  @Test
  void everyTargetIsAskedAtEveryMask() throws RecordException {
    Target several = new Target.Several(List.of(new Target.Fixed(1, NONE), new Target.Fixed(0, 2)));
    assertAsked(
        ofMasks(several).resolve(masked(5, 2), NONE, 0),
        new long[] {1, 2},
        TargetWeights.of(1),
        TargetWeights.contrast(0, 2),
        TargetWeights.of(OUTPUTS + 1),
        TargetWeights.contrast(OUTPUTS, OUTPUTS + 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65})
  void noneOrTooManyMasksAreAnErrorOfTheRecord(int count) {
    TargetResolver resolver = ofMasks(new Target.Predicted());
    assertRefused(resolver, masked(80, count), "mask");
    assertThatThrownBy(() -> resolver.resolve(masked(80, count), NONE, 0))
        .hasMessageContaining("has " + count + " mask tokens");
  }

  /** An output that is not there would be one of another row. */
  @Test
  void tokenWithoutAnOutputIsAnErrorOfTheRecord() {
    TargetResolver resolver = ofWords(new Target.Column("word"));
    assertThatThrownBy(() -> resolver.resolve(TEXT, OUTPUTS, 0))
        .isInstanceOfSatisfying(
            RecordException.class, e -> assertThat(e.kind()).isEqualTo("unknown-target"));
    TargetResolver completion = ofWords(new Target.Completion("answer", false));
    assertThatThrownBy(() -> completion.resolve(SampleRecords.text(1, OUTPUTS), NONE, 0))
        .hasMessageContainingAll("100 outputs", "id 100");
  }

  @Test
  void tokenIsReadAtItsRow() throws RecordException {
    assertAsked(ofClasses(new Target.Token(3, NONE, NONE)).resolve(TEXT, NONE, 0), new long[] {3});
    assertAsked(
        ofClasses(new Target.Token(0, 2, NONE)).resolve(TEXT, NONE, 0),
        new long[] {0},
        TargetWeights.of(2));
    assertAsked(
        ofClasses(new Target.Token(1, 2, 0)).resolve(TEXT, NONE, 0),
        new long[] {1},
        TargetWeights.contrast(2, 0));
  }

  @Test
  void tokenThatTheRecordDoesNotHaveIsAnErrorOfTheRecord() {
    for (int index : new int[] {NONE, 2}) {
      TargetResolver resolver = ofClasses(new Target.Token(4, index, NONE));
      assertRefused(resolver, TEXT, "unknown-target");
      assertThatThrownBy(() -> resolver.resolve(TEXT, NONE, 0))
          .hasMessageContainingAll("token 4", "has 4");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, 1, 2, -1, -1",
    "true, true, 2, 1, -1, -1",
    "true, false, 3, -1, -1, -1",
    "false, true, -1, 3, -1, -1",
    "true, false, 3, -1, 0, -1",
    "false, true, -1, 3, -1, 0"
  })
  void spanWeighsStartAndEndOfTokens(
      boolean start, boolean end, int from, int to, int notFrom, int notTo) throws RecordException {
    Target.Span span = new Target.Span(start, end, from, to, notFrom, notTo);
    TargetWeights expected;
    if (start && end) {
      expected = TargetWeights.sum(2L * from, 2L * to + 1);
    } else if (start) {
      expected = notFrom < 0 ? TargetWeights.of(2L * from) : TargetWeights.contrast(6, 0);
    } else {
      expected = notTo < 0 ? TargetWeights.of(2L * to + 1) : TargetWeights.contrast(7, 1);
    }
    assertAsked(ofClasses(span).resolve(TEXT, NONE, 0), new long[0], expected);
  }

  @Test
  void predictedSpanIsLeftToTheModel() throws RecordException {
    Target.Span span = new Target.Span(true, true, NONE, NONE, NONE, NONE);
    assertAsked(ofClasses(span).resolve(TEXT, NONE, 0), new long[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, 4, 2, -1, -1",
    "true, true, 1, 4, -1, -1",
    "true, false, 4, -1, -1, -1",
    "false, true, -1, 4, -1, -1",
    "true, false, 3, -1, 4, -1",
    "false, true, -1, 3, -1, 4"
  })
  void spanOutsideTheRecordIsAnErrorOfTheRecord(
      boolean start, boolean end, int from, int to, int notFrom, int notTo) {
    Target.Span span = new Target.Span(start, end, from, to, notFrom, notTo);
    assertRefused(ofClasses(span), TEXT, "unknown-target");
  }
}
