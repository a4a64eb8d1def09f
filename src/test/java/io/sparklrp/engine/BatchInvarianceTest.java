package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.compile.SampleModel;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.relevance.TargetSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A record's result does not depend on what it is run with: the contract's 1e-5 max(1, m), where m
 * is at least the largest |R| of its tokens; taken as 1 here, which is stricter.
 */
@ParameterizedClass
@MethodSource("cases")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchInvarianceTest {
  private static final double CLOSE = 1e-5;
  private static final long SEED = 31;
  private static final int[] LENGTHS = {3, 24, 11, 1, 7};

  private final EngineSessions sessions = new EngineSessions(EngineSessions.IDLE);

  @Parameter(0)
  private SampleModel model;

  @Parameter(1)
  private Method method;

  private Program explanation;
  private EngineSession session;
  private List<EncodedText> texts;
  private List<float[]> seeds;
  private List<RecordRelevance> alone;

  static Stream<Arguments> cases() {
    return Stream.of(
            SampleModel.golden(),
            SampleModel.synthetic(2),
            SampleModel.synthetic(3),
            SampleModel.demo())
        .flatMap(model -> Methods.all().stream().map(method -> Arguments.of(model, method)));
  }

  private static float[] weights(Random random, int outputs) {
    float[] weights = new float[outputs];
    for (int i = 0; i < outputs; i++) {
      weights[i] = random.nextInt(3) - 1;
    }
    weights[random.nextInt(outputs)] = 1;
    return weights;
  }

  @BeforeParameterizedClassInvocation
  void runEachAlone() {
    Random random = new Random(SEED);
    explanation = model.explanation(method, TargetSource.SEED);
    session = sessions.acquire(explanation);
    texts =
        IntStream.of(LENGTHS)
            .mapToObj(length -> SampleRecords.random(random, length, model.vocabulary()))
            .toList();
    seeds = texts.stream().map(text -> weights(random, model.outputs())).toList();
    alone = all().stream().map(record -> run(session, List.of(record)).get(0)).toList();
  }

  @AfterParameterizedClassInvocation
  void close() {
    session.close();
    sessions.closeIdle();
  }

  private List<RecordRelevance> run(EngineSession in, List<Integer> records) {
    List<EncodedText> batch = records.stream().map(texts::get).toList();
    return SampleRecords.first(
        in, new TokenBatch(batch, records.stream().map(seeds::get).toArray(float[][]::new)));
  }

  private List<Integer> all() {
    return new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
  }

  @Test
  void inABatchWithLongerAndShorterOnes() {
    compare(all(), run(session, all()));
  }

  @Test
  void inAnotherOrder() {
    List<Integer> order = all();
    Collections.shuffle(order, new Random(SEED));
    compare(order, run(session, order));
  }

  @Test
  void atAnotherWidth() {
    for (int i = 0; i < texts.size(); i++) {
      for (int other : new int[] {1, 4}) {
        List<Integer> two = List.of(i, other);
        compare(two, run(session, two));
      }
    }
  }

  @Test
  void onTwoThreadsAtOnce() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<Void>> threads =
          List.of(pool.submit(task(1, together)), pool.submit(task(2, together)));
      for (Future<Void> thread : threads) {
        thread.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private Callable<Void> task(long number, CyclicBarrier together) {
    return () -> {
      List<Integer> order = all();
      try (EngineSession own = sessions.acquire(explanation)) {
        for (int round = 0; round < 2; round++) {
          Collections.shuffle(order, new Random(10 * SEED + number));
          together.await();
          compare(order, run(own, order));
        }
      }
      return null;
    };
  }

  private void compare(List<Integer> records, List<RecordRelevance> found) {
    assertThat(found).hasSameSizeAs(records);
    for (int i = 0; i < records.size(); i++) {
      RecordRelevance expected = alone.get(records.get(i));
      String record =
          String.format(
              "record %d in %s: %s of %s, seed %d", records.get(i), records, method, model, SEED);
      assertThat(SampleRecords.relevance(found.get(i)))
          .as(record)
          .containsExactly(SampleRecords.relevance(expected), within(CLOSE));
      assertThat(SampleRecords.ledger(found.get(i)))
          .as(record)
          .containsExactly(SampleRecords.ledger(expected), within(CLOSE));
      assertThat(SampleRecords.logits(found.get(i)))
          .as(record)
          .containsExactly(SampleRecords.logits(expected), within(CLOSE));
      assertThat(found.get(i).score()).as(record).isCloseTo(expected.score(), within(CLOSE));
      assertThat(found.get(i).predicted()).as(record).isEqualTo(expected.predicted());
    }
  }
}
