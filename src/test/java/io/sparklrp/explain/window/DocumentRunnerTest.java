package io.sparklrp.explain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.attribution.Prediction;
import io.sparklrp.attribution.SpanOutputs;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.error.RecordException;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents on the engine, against their windows run one by one. */
class DocumentRunnerTest {
  private static final double CLOSE = 1e-5;
  private static final double LEDGER = 1e-5;
  private static final List<String> WORDS =
      List.of("the", "movie", "🎉", "was", "not", "bad", "good", "awful", "long", "!", "never");
  private static final List<String> TEXTS = texts();

  private static List<String> texts() {
    Random random = new Random(11);
    return IntStream.of(70, 3, 24, 41, 55, 9, 33, 62)
        .mapToObj(
            count ->
                IntStream.range(0, count)
                    .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  @AfterAll
  static void closeSessions() {
    EngineSessions.ofJvm().closeIdle();
  }

  private static RecordRelevance only(Document document) {
    assertThat(document.failure()).isEmpty();
    assertThat(document.results()).hasSize(1);
    return document.results().get(0);
  }

  private static List<EncodedText> windows(Document document) {
    return IntStream.range(0, document.windows().count())
        .mapToObj(document.windows()::window)
        .toList();
  }

  static Stream<Method> conservative() {
    return Methods.all().stream().filter(Method::isConservative);
  }

  @ParameterizedTest
  @MethodSource("conservative")
  void aDocumentIsTheMeanOfItsWindowsAndCloses(Method method) throws RecordException {
    WindowedModel model = new WindowedModel("bert-seqcls", method);
    List<Document> documents = model.explain("predicted", TEXTS, null);
    long others = 0;
    long all = 0;
    for (Document document : documents) {
      RecordRelevance found = only(document);
      assertThat(document.windows().document().isTruncated()).isFalse();
      assertThat(WindowedModel.residual(found)).isLessThan(LEDGER);
      List<EncodedText> windows = windows(document);
      List<RecordRelevance> own = model.alone(windows, null);
      int predicted = found.predicted();
      others += own.stream().filter(window -> window.predicted() != predicted).count();
      all += windows.size();
      RecordTargets given = RecordTargets.of(TargetWeights.of(predicted));
      compare(
          document,
          found,
          windows,
          model.alone(windows, windows.stream().map(window -> given).toList()));
    }
    assertThat(others).as("windows that say otherwise than their document").isPositive();
    assertThat(model.windowsRun()).isEqualTo(all + others);
  }

  /** A token is what it is by id, span and text; special tokens by their ids alone. */
  private static String name(EncodedText text, int token) {
    return text.id(token) + " " + text.start(token) + " " + text.end(token);
  }

  private static void compare(
      Document document,
      RecordRelevance found,
      List<EncodedText> windows,
      List<RecordRelevance> alone) {
    Map<String, Double> relevance = new HashMap<>();
    double[] ledger = new double[found.ledgerSize()];
    double[] logits = new double[found.logits().length];
    double score = 0;
    for (int i = 0; i < windows.size(); i++) {
      RecordRelevance window = alone.get(i);
      score += window.score() / windows.size();
      for (int t = 0; t < window.tokens(); t++) {
        relevance.merge(
            name(windows.get(i), t), (double) window.relevance(t) / windows.size(), Double::sum);
      }
      for (int entry = 0; entry < ledger.length; entry++) {
        ledger[entry] += window.ledger(entry) / windows.size();
      }
      for (int c = 0; c < logits.length; c++) {
        logits[c] += window.logits()[c] / windows.size();
      }
    }
    EncodedText whole = document.windows().document();
    assertThat(whole.length()).isEqualTo(relevance.size()).isEqualTo(found.tokens());
    for (int t = 0; t < whole.length(); t++) {
      assertThat((double) found.relevance(t))
          .isCloseTo(relevance.get(name(whole, t)), within(CLOSE));
    }
    assertThat(SampleRecords.ledger(found)).containsExactly(ledger, within(CLOSE));
    assertThat(SampleRecords.logits(found)).containsExactly(logits, within(CLOSE));
    assertThat(found.score()).isCloseTo(score, within(CLOSE));
    assertThat(logits[found.predicted()])
        .isGreaterThanOrEqualTo(
            IntStream.range(0, logits.length).mapToDouble(c -> logits[c]).max().orElseThrow()
                - CLOSE);
  }

  @Test
  void aTextOfOneWindowIsWhatItIsByItself() throws RecordException {
    WindowedModel model = new WindowedModel("bert-seqcls", Methods.LRP_STAY);
    Document document = model.explain("predicted", List.of("the movie was not bad"), null).get(0);
    assertThat(document.windows().count()).isEqualTo(1);
    RecordRelevance found = only(document);
    RecordRelevance alone = model.alone(windows(document), null).get(0);
    assertThat(found.predicted()).isEqualTo(alone.predicted());
    assertThat(found.score()).isEqualTo(alone.score());
    assertThat(found.logits()).isEqualTo(alone.logits());
    assertThat(SampleRecords.relevance(found)).isEqualTo(SampleRecords.relevance(alone));
    assertThat(SampleRecords.ledger(found)).isEqualTo(SampleRecords.ledger(alone));
  }

  @Test
  void theHighestClassesAreThoseOfAll() throws RecordException {
    WindowedModel model = new WindowedModel("bert-seqcls", Methods.LRP_STAY);
    List<Document> all = model.explain("all", TEXTS, null);
    assertThat(model.windowsRun())
        .isEqualTo(all.stream().mapToLong(document -> document.windows().count()).sum());
    List<Document> top = model.explain("top:2", TEXTS, null);
    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(all.get(i).results()).hasSize(3);
      assertThat(top.get(i).results()).hasSize(2);
      double last = Double.POSITIVE_INFINITY;
      for (RecordRelevance found : top.get(i).results()) {
        int index = (int) found.target().orElseThrow().index()[0];
        RecordRelevance same = all.get(i).results().get(index);
        assertThat(found.score()).isCloseTo(same.score(), within(CLOSE)).isLessThanOrEqualTo(last);
        assertThat(SampleRecords.relevance(found))
            .containsExactly(SampleRecords.relevance(same), within(CLOSE));
        last = found.score();
      }
      assertThat(top.get(i).results().get(0).target().orElseThrow().index()[0])
          .isEqualTo(all.get(i).results().get(0).predicted());
    }
  }

  @Test
  void anAnswerIsExplainedInItsWindow() throws RecordException {
    WindowedModel model = new WindowedModel("bert-qa", Methods.LRP_STAY);
    List<Document> documents = model.explain("span", TEXTS, "the movie?");
    for (Document document : documents) {
      RecordRelevance found = only(document);
      EncodedText whole = document.windows().document();
      assertThat(WindowedModel.residual(found)).isLessThan(LEDGER);
      Prediction prediction = new SpanOutputs().prediction(found, RecordTargets.NONE);
      long[] index = found.target().orElseThrow().index();
      assertThat(prediction.label()).isEqualTo("span:" + index[0] / 2 + ":" + index[1] / 2);
      boolean several = document.windows().count() > 1;
      assertThat(prediction.logits() == null).isEqualTo(several);
      long read = IntStream.range(0, found.tokens()).filter(i -> found.relevance(i) != 0).count();
      assertThat(read).isBetween(1L, (long) WindowedModel.MAX_LENGTH);
      assertThat(found.tokens()).isEqualTo(whole.length());
      float[] logits = found.logits();
      assertThat(logits[(int) index[0]] + logits[(int) index[1]])
          .isCloseTo((float) found.score(), within((float) CLOSE));
    }
    // Asked for by the document's tokens.
    Document last = model.explain("start:30", List.of(TEXTS.get(0)), "the movie?").get(0);
    RecordRelevance start = only(last);
    assertThat(start.target().orElseThrow().index()).containsExactly(60);
    assertThat((double) start.logits()[60]).isCloseTo(start.score(), within(CLOSE));
    assertThat(WindowedModel.residual(start)).isLessThan(LEDGER);
    assertThat(model.windowsRun()).isEqualTo(1);
    Document apart = model.explain("span:8:60", List.of(TEXTS.get(0)), "the movie?").get(0);
    assertThat(apart.failure()).get().extracting(RecordException::kind).isEqualTo("unknown-target");
  }

  @Test
  void entitiesAreExplainedWhereTheyHaveMostContext() throws RecordException {
    WindowedModel model = new WindowedModel("bert-tokcls", Methods.LRP_STAY);
    Document document = model.explain("entities", List.of(TEXTS.get(0)), null).get(0);
    assertThat(document.results()).isNotEmpty();
    int classes = document.results().get(0).logits().length;
    List<Long> tokens =
        document.results().stream()
            .map(result -> result.target().orElseThrow().index()[0] / classes)
            .toList();
    assertThat(tokens).isSorted().doesNotHaveDuplicates();
    for (int which : new int[] {0, tokens.size() / 2, tokens.size() - 1}) {
      RecordRelevance entity = document.results().get(which);
      assertThat(WindowedModel.residual(entity)).isLessThan(LEDGER);
      RecordRelevance token =
          only(model.explain("token:" + tokens.get(which), List.of(TEXTS.get(0)), null).get(0));
      assertThat(model.windowsRun()).isEqualTo(1);
      assertThat(token.score()).isCloseTo(entity.score(), within(CLOSE));
      assertThat(SampleRecords.relevance(token))
          .containsExactly(SampleRecords.relevance(entity), within(CLOSE));
    }
  }
}
