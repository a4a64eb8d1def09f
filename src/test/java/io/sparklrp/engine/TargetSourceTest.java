package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.compile.SampleModel;
import io.sparklrp.method.Gradient;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.relevance.TargetSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets on the engine: the predicted one is one of the given ones, and those add up. */
class TargetSourceTest {
  private static final long SEED = 5;
  private static final double CLOSE = 1e-5;
  private static final List<SampleModel> MODELS =
      List.of(SampleModel.golden(), SampleModel.synthetic(3));
  private static final int FOR = 2;
  private static final int AGAINST = 0;

  private final EngineSessions sessions = new EngineSessions(EngineSessions.IDLE);

  private static List<EncodedText> texts(SampleModel model) {
    Random random = new Random(SEED);
    return IntStream.of(4, 11, 30, 2, 7, 19)
        .mapToObj(length -> SampleRecords.random(random, length, model.vocabulary()))
        .toList();
  }

  @AfterEach
  void close() {
    sessions.closeIdle();
  }

  private List<RecordRelevance> predicted(SampleModel model, Method method) {
    try (EngineSession session =
        sessions.acquire(model.explanation(method, TargetSource.PREDICTED))) {
      return SampleRecords.first(session, new TokenBatch(texts(model), null));
    }
  }

  private List<RecordRelevance> given(SampleModel model, Method method, float[][] seeds) {
    try (EngineSession session = sessions.acquire(model.explanation(method, TargetSource.SEED))) {
      return SampleRecords.first(session, new TokenBatch(texts(model), seeds));
    }
  }

  private static float[] seed(SampleModel model, int index, float weight) {
    float[] seed = new float[model.outputs()];
    seed[index] = weight;
    return seed;
  }

  private List<RecordRelevance> given(SampleModel model, Method method, float[] seed) {
    float[][] seeds = new float[texts(model).size()][];
    Arrays.fill(seeds, seed);
    return given(model, method, seeds);
  }

  @ParameterizedTest
  @MethodSource("io.sparklrp.method.Methods#all")
  void predictedIsTheGivenTargetOfTheHighestLogit(Method method) {
    for (SampleModel model : MODELS) {
      List<RecordRelevance> predicted = predicted(model, method);
      List<float[]> seeds = new ArrayList<>();
      for (RecordRelevance found : predicted) {
        int highest = highest(found.logits());
        assertThat(found.predicted()).as("%s, seed %d", model, SEED).isEqualTo(highest);
        assertThat(found.score()).as("%s, seed %d", model, SEED).isEqualTo(found.logits()[highest]);
        seeds.add(seed(model, highest, 1));
      }
      List<RecordRelevance> given = given(model, method, seeds.toArray(float[][]::new));
      for (int i = 0; i < given.size(); i++) {
        String which = String.format("record %d, seed %d of %s", i, SEED, model);
        assertThat(given.get(i).score()).as(which).isEqualTo(predicted.get(i).score());
        assertThat(SampleRecords.relevance(given.get(i)))
            .as(which)
            .containsExactly(SampleRecords.relevance(predicted.get(i)), within(CLOSE));
        assertThat(SampleRecords.ledger(given.get(i)))
            .as(which)
            .containsExactly(SampleRecords.ledger(predicted.get(i)), within(CLOSE));
      }
    }
  }

  private static int highest(float... logits) {
    int highest = 0;
    for (int i = 1; i < logits.length; i++) {
      highest = logits[i] > logits[highest] ? i : highest;
    }
    return highest;
  }

  static Stream<Method> gradients() {
    return Methods.all().stream().filter(Gradient.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("gradients")
  void aContrastIsTheDifferenceOfItsTargets(Method method) {
    for (SampleModel model : MODELS) {
      float[] seed = seed(model, FOR, 1);
      seed[AGAINST] = -1;
      List<RecordRelevance> contrast = given(model, method, seed);
      List<RecordRelevance> first = given(model, method, seed(model, FOR, 1));
      List<RecordRelevance> second = given(model, method, seed(model, AGAINST, 1));
      for (int i = 0; i < contrast.size(); i++) {
        String which = String.format("record %d, seed %d of %s", i, SEED, model);
        assertThat(contrast.get(i).score())
            .as(which)
            .isCloseTo(first.get(i).score() - second.get(i).score(), within(CLOSE));
        assertThat(SampleRecords.relevance(contrast.get(i)))
            .as(which)
            .containsExactly(
                difference(
                    SampleRecords.relevance(first.get(i)), SampleRecords.relevance(second.get(i))),
                within(CLOSE));
        assertThat(SampleRecords.ledger(contrast.get(i)))
            .as(which)
            .containsExactly(
                difference(SampleRecords.ledger(first.get(i)), SampleRecords.ledger(second.get(i))),
                within(CLOSE));
      }
    }
  }

  private static double[] difference(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }
}
