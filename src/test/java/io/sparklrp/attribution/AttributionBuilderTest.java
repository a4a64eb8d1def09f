package io.sparklrp.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.compile.SampleModel;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.GoldenFixture.GoldenRecord;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import io.sparklrp.relevance.TargetSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From the reference's records to what comes out of them. */
class AttributionBuilderTest {
  private static final GoldenFixture FIXTURE = GoldenFixture.of("bert-seqcls");
  private static final Program MODEL =
      SampleModel.golden().explanation(Methods.LRP, TargetSource.TARGETS);
  private static final List<String> LABELS = List.of("bad", "good", "mixed");
  private static final AttributionBuilder BUILDER =
      new AttributionBuilder(new ClassOutputs(LABELS, Probability.SOFTMAX), MODEL.ledgerEntries());
  private static final double CLOSE = 1e-5;
  private static final int NONE = -1;

  private static EngineSession session;

  static List<GoldenRecord> records() {
    return FIXTURE.records();
  }

  @BeforeAll
  static void open() {
    session = EngineSessions.ofJvm().acquire(MODEL);
  }

  @AfterAll
  static void close() {
    session.close();
    EngineSessions.ofJvm().closeIdle();
  }

  private static int index(GoldenRecord record, float weight) {
    return IntStream.range(0, record.seed().length)
        .filter(i -> record.seed()[i] == weight)
        .findFirst()
        .orElse(NONE);
  }

  private static Attribution attribution(GoldenRecord record) throws Exception {
    EncodedText text = session.tokenizer().orElseThrow().encode(record.text(), record.textPair());
    RecordTargets asked = RecordTargets.of(target(record));
    RecordRelevance found =
        SampleRecords.first(session, new TokenBatch(List.of(text), null, List.of(asked))).get(0);
    return BUILDER.build(text, found, asked, text.isTruncated());
  }

  private static TargetWeights target(GoldenRecord record) {
    int index = index(record, 1);
    int against = index(record, -1);
    return against == NONE ? TargetWeights.of(index) : TargetWeights.contrast(index, against);
  }

  @ParameterizedTest
  @MethodSource("records")
  void tokensAreTheReferences(GoldenRecord record) throws Exception {
    List<TokenRelevance> tokens = attribution(record).tokens();
    assertThat(tokens).extracting(TokenRelevance::token).isEqualTo(record.tokens());
    for (int i = 0; i < tokens.size(); i++) {
      TokenRelevance token = tokens.get(i);
      boolean special = record.sequenceIds()[i] < 0;
      assertThat(token.special()).isEqualTo(special);
      assertThat((long) token.id()).isEqualTo(record.ids()[i]);
      assertThat(token.start()).isEqualTo(special ? null : record.offsets()[i][0]);
      assertThat(token.end()).isEqualTo(special ? null : record.offsets()[i][1]);
      assertThat(token.segment()).isEqualTo(special ? null : record.sequenceIds()[i]);
      assertThat(token.word() == null).isEqualTo(special);
      assertThat((double) token.relevance())
          .isCloseTo(record.relevance("lrp")[i], within(CLOSE * Math.max(1, record.scale("lrp"))));
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void wordsAreCutFromTheTextAndHoldAllThatIsNotSpecial(GoldenRecord record) throws Exception {
    Attribution attribution = attribution(record);
    for (WordRelevance word : attribution.words()) {
      String source = word.segment() == 0 ? record.text() : record.textPair();
      int from = source.offsetByCodePoints(0, word.start());
      int to = source.offsetByCodePoints(0, word.end());
      assertThat(word.word()).isEqualTo(source.substring(from, to)).doesNotContainAnyWhitespaces();
    }
    assertThat(attribution.words().stream().mapToDouble(WordRelevance::relevance).sum())
        .isCloseTo(
            attribution.tokens().stream()
                .filter(token -> !token.special())
                .mapToDouble(TokenRelevance::relevance)
                .sum(),
            within(CLOSE));
  }

  @ParameterizedTest
  @MethodSource("records")
  void theLedgerIsTheReferences(GoldenRecord record) throws Exception {
    Attribution attribution = attribution(record);
    LedgerAmounts ledger = attribution.ledger();
    GoldenFixture.Ledger reference = record.ledger("lrp");
    double close = CLOSE * Math.max(1, record.scale("lrp"));
    assertThat(ledger.position()).isCloseTo(reference.position(), within(close));
    assertThat(ledger.segment()).isCloseTo(reference.segment(), within(close));
    assertThat(ledger.residual()).isCloseTo(0, within(close));
    assertThat(ledger.biasByLayer().keySet())
        .containsExactlyInAnyOrderElementsOf(reference.bias().keySet());
    ledger
        .biasByLayer()
        .forEach(
            (entry, amount) ->
                assertThat(amount).isCloseTo(reference.amount(entry), within(close)));
    assertThat(
            ledger.tokens()
                + ledger.position()
                + ledger.segment()
                + ledger.bias()
                + ledger.residual())
        .isCloseTo(attribution.target().score(), within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("records")
  void predictionAndTargetAreTheReferences(GoldenRecord record) throws Exception {
    Attribution attribution = attribution(record);
    double[] logits = record.logits();
    double highest = Arrays.stream(logits).max().orElseThrow();
    int predicted =
        IntStream.range(0, 3).filter(i -> logits[i] == highest).findFirst().orElseThrow();
    double total = Arrays.stream(logits).map(Math::exp).sum();
    Prediction prediction = attribution.prediction();
    assertThat(prediction.index()).isEqualTo(predicted);
    assertThat(prediction.label()).isEqualTo(LABELS.get(predicted));
    assertThat((double) prediction.probability())
        .isCloseTo(Math.exp(highest) / total, within(CLOSE));
    assertThat(prediction.logits()).hasSize(3);
    ExplainedTarget target = attribution.target();
    assertThat(target.score()).isCloseTo(record.score(), within(CLOSE));
    assertThat(target.label()).isEqualTo(LABELS.get(target.index()));
    assertThat(target.index()).isEqualTo(index(record, 1));
    int against = index(record, -1);
    boolean contrast = against != NONE;
    assertThat(target.againstIndex()).isEqualTo(contrast ? against : null);
    assertThat(target.againstLabel()).isEqualTo(contrast ? LABELS.get(against) : null);
    assertThat(attribution.truncated()).isEqualTo(record.truncated());
  }

  @Test
  void theRecordsHaveAPairAContrastAndACut() {
    assertThat(records()).anyMatch(GoldenRecord::truncated);
    assertThat(records()).extracting(GoldenRecord::textPair).anyMatch(Objects::nonNull);
    assertThat(records()).anyMatch(record -> index(record, -1) != NONE);
  }

  private static Prediction prediction(int outputs) {
    AttributionBuilder builder =
        new AttributionBuilder(
            new ClassOutputs(Collections.nCopies(outputs, "label"), Probability.SOFTMAX),
            List.of());
    RecordRelevance found = SampleRecords.found(new float[outputs], 1, 0, new float[1]);
    return builder
        .build(
            SampleRecords.text(5).of(List.of("a")),
            found,
            RecordTargets.of(TargetWeights.of(1)),
            false)
        .prediction();
  }

  @Test
  void manyLogitsAreNotWrittenOut() {
    assertThat(prediction(Prediction.MOST_LOGITS).logits()).hasSize(Prediction.MOST_LOGITS);
    assertThat(prediction(Prediction.MOST_LOGITS + 1).logits()).isNull();
    assertThat(prediction(Prediction.MOST_LOGITS + 1).probability())
        .isEqualTo(1f / (Prediction.MOST_LOGITS + 1));
  }
}
