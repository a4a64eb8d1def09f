package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.compile.SampleModel;
import io.sparklrp.method.Method;
import io.sparklrp.oracle.DoubleExplanation;
import io.sparklrp.oracle.GraphMethods;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.TargetSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime in float32 against plain loops in double precision, on random models. */
class EngineAgainstInterpreterTest {
  private static final double FLOAT = 1e-5;
  private static final long SEED = 20;

  private final EngineSessions sessions = new EngineSessions(EngineSessions.IDLE);

  static List<SampleModel> models() {
    return SampleModel.synthetic();
  }

  @AfterEach
  void close() {
    sessions.closeIdle();
  }

  @ParameterizedTest
  @MethodSource("models")
  void agree(SampleModel model) {
    Random random = new Random(SEED);
    List<EncodedText> texts =
        IntStream.of(6, 1)
            .mapToObj(length -> SampleRecords.random(random, length, model.vocabulary()))
            .toList();
    float[] seed = new float[model.outputs()];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (float) random.nextGaussian();
    }
    float[][] seeds = {seed, seed};
    for (Method method : GraphMethods.all()) {
      try (EngineSession session = sessions.acquire(model.explanation(method, TargetSource.SEED))) {
        List<RecordRelevance> found = SampleRecords.first(session, new TokenBatch(texts, seeds));
        CompiledRelevance compiled = model.compiled(method, TargetSource.SEED);
        for (int i = 0; i < texts.size(); i++) {
          String which = String.format("%s, record %d, seed %d of %s", method, i, SEED, model);
          compare(which, found.get(i), reference(compiled, seed, texts.get(i)));
        }
      }
    }
  }

  private static DoubleExplanation reference(
      CompiledRelevance compiled, float[] seed, EncodedText text) {
    double[] wide = IntStream.range(0, seed.length).mapToDouble(i -> seed[i]).toArray();
    return DoubleExplanation.of(
        compiled, wide, SampleRecords.ids(text), SampleRecords.typeIds(text));
  }

  private static void compare(String which, RecordRelevance found, DoubleExplanation reference) {
    double close = FLOAT * reference.rounding(0);
    assertThat(SampleRecords.logits(found))
        .as(which)
        .containsExactly(reference.logits(0), within(FLOAT));
    assertThat(found.score()).as(which).isCloseTo(reference.score(0), within(FLOAT));
    assertThat(found.predicted()).as(which).isEqualTo(highest(reference.logits(0)));
    assertThat(SampleRecords.relevance(found))
        .as(which)
        .containsExactly(reference.relevance(0), within(close));
    assertThat(SampleRecords.ledger(found))
        .as(which)
        .containsExactly(reference.ledger(0), within(close));
  }

  private static int highest(double... logits) {
    double most = Arrays.stream(logits).max().orElseThrow();
    return IntStream.range(0, logits.length)
        .filter(i -> logits[i] == most)
        .findFirst()
        .orElseThrow();
  }
}
