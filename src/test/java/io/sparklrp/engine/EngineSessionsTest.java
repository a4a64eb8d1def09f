package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.compile.SampleModel;
import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.UserException;
import io.sparklrp.method.Methods;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.relevance.TargetSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineSessionsTest {
  private static final Program LIKE =
      SampleModel.golden().explanation(Methods.LRP_STAY, TargetSource.PREDICTED);
  private static final byte[] BROKEN = "no model".getBytes(StandardCharsets.UTF_8);

  private final EngineSessions sessions = new EngineSessions(EngineSessions.IDLE);
  private final List<EngineSession> open = new ArrayList<>();

  private static Program model(String key) {
    return model(key, LIKE.explain().graph(), LIKE.tokenizer());
  }

  private static Program model(
      String key, CompiledGraph graph, Optional<TokenizerSettings> tokenizer) {
    return new Program(
        key,
        Map.of(
            Role.EXPLAIN,
            new RoleGraph(
                graph,
                LIKE.explain().inputs(),
                false,
                false,
                false,
                MemoryFunction.NONE,
                OperationFunction.NONE)),
        LIKE.ledgerEntries(),
        LIKE.procedure(),
        LIKE.outputs(),
        0,
        Batching.PADDED,
        tokenizer);
  }

  private EngineSession acquire(String key) {
    EngineSession session = sessions.acquire(model(key));
    open.add(session);
    return session;
  }

  private static void run(EngineSession session) {
    List<RecordRelevance> found =
        SampleRecords.first(
            session, new TokenBatch(List.of(SampleRecords.text(101, 5, 102)), null));
    assertThat(found.get(0).failure()).isEmpty();
  }

  @AfterEach
  void close() {
    open.forEach(EngineSession::close);
    sessions.closeIdle();
    assertThat(sessions.loaded()).isZero();
  }

  @Test
  void oneKeyIsOneModel() {
    EngineSession first = acquire("a");
    EngineSession second = acquire("a");
    assertThat(sessions.loaded()).isEqualTo(1);
    assertThat(second.tokenizer().orElseThrow()).isSameAs(first.tokenizer().orElseThrow());
  }

  @Test
  void anotherKeyIsAnotherModel() {
    EngineSession first = acquire("a");
    EngineSession second = acquire("b");
    assertThat(sessions.loaded()).isEqualTo(2);
    assertThat(second.tokenizer().orElseThrow()).isNotSameAs(first.tokenizer().orElseThrow());
  }

  @Test
  void anIdleModelWaitsForTheNextTask() {
    EngineSession first = acquire("a");
    TextTokenizer tokenizer = first.tokenizer().orElseThrow();
    first.close();
    assertThat(sessions.loaded()).isEqualTo(1);
    assertThat(acquire("a").tokenizer()).get().isSameAs(tokenizer);
  }

  @Test
  void onlyTheModelReleasedLastIsKept() {
    EngineSession a = acquire("a");
    EngineSession b = acquire("b");
    EngineSession c = acquire("c");
    TextTokenizer tokenizer = b.tokenizer().orElseThrow();
    c.close();
    a.close();
    b.close();
    assertThat(sessions.loaded()).isEqualTo(1);
    assertThat(acquire("b").tokenizer()).get().isSameAs(tokenizer);
  }

  @Test
  void anIdleModelGoesAfterAWhile() {
    EngineSessions brief = new EngineSessions(Duration.ofMillis(20));
    EngineSession used = brief.acquire(model("used"));
    brief.acquire(model("idle")).close();
    await(() -> brief.loaded() == 1);
    run(used);
    used.close();
    await(() -> brief.loaded() == 0);
  }

  private static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void filesGoWithTheirModel() {
    List<String> closed = new ArrayList<>();
    GraphFiles files =
        new GraphFiles() {
          @Override
          public Program locate(Program program) {
            return program;
          }

          @Override
          public void close() {
            closed.add("files");
          }
        };
    EngineSession first = sessions.acquire(model("a"), () -> files);
    EngineSession second = sessions.acquire(model("a"), () -> files);
    first.close();
    assertThat(closed).isEmpty();
    second.close();
    sessions.closeIdle();
    assertThat(closed).containsExactly("files");
  }

  @Test
  void closingIdleOnesLeavesThoseInUse() {
    EngineSession a = acquire("a");
    acquire("b").close();
    sessions.closeIdle();
    assertThat(sessions.loaded()).isEqualTo(1);
    run(a);
  }

  @Test
  void closingTwiceReleasesOnce() {
    EngineSession first = acquire("a");
    EngineSession second = acquire("a");
    first.close();
    first.close();
    sessions.closeIdle();
    assertThat(sessions.loaded()).isEqualTo(1);
    run(second);
  }

  @Test
  void aGraphThatDoesNotLoadIsNotKept() {
    assertThatThrownBy(
            () -> sessions.acquire(model("a", CompiledGraph.ofBytes(BROKEN), LIKE.tokenizer())))
        .isInstanceOf(JobFailedException.class)
        .hasMessageStartingWith("Cannot load the compiled graph: ");
    assertThat(sessions.loaded()).isZero();
    run(acquire("a"));
  }

  @Test
  void aGraphWhoseFilesAreNotThereIsNotKept(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("model.onnx"), BROKEN);
    CompiledGraph missing = CompiledGraph.ofFiles(file, file).in(directory.resolve("elsewhere"));
    assertThatThrownBy(() -> sessions.acquire(model("a", missing, LIKE.tokenizer())))
        .isInstanceOf(JobFailedException.class)
        .hasMessageStartingWith("Cannot load the compiled graph: ");
    assertThat(sessions.loaded()).isZero();
  }

  @Test
  void aTokenizerThatDoesNotLoadIsNotKept() {
    TokenizerSettings broken = new TokenizerSettings(BROKEN, 40, 900);
    assertThatThrownBy(
            () -> sessions.acquire(model("a", LIKE.explain().graph(), Optional.of(broken))))
        .isInstanceOf(UserException.class);
    assertThat(sessions.loaded()).isZero();
  }

  @Test
  void manyThreadsEndWithTheRightCount() throws Exception {
    int threads = 8;
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(task(i, together)));
      }
      for (Future<Integer> thread : running) {
        assertThat(thread.get()).as("models while all threads hold one").isEqualTo(2);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(sessions.loaded()).as("models when none does").isEqualTo(1);
  }

  /** Takes turns at random, then holds one of two models together with all others. */
  private Callable<Integer> task(int number, CyclicBarrier together) {
    return () -> {
      Random random = new Random(number);
      for (int i = 0; i < 6; i++) {
        try (EngineSession session = sessions.acquire(model("key " + random.nextInt(3)))) {
          run(session);
        }
      }
      together.await();
      try (EngineSession session = sessions.acquire(model("held " + number % 2))) {
        sessions.closeIdle();
        together.await();
        sessions.closeIdle();
        int loaded = sessions.loaded();
        run(session);
        together.await();
        return loaded;
      }
    };
  }
}
