package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.compile.SampleModel;
import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.UserException;
import io.sparklrp.method.Methods;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.method.Method;
import io.sparklrp.relevance.TargetSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelevanceSessionsTest {
  private static final ExplanationModel LIKE =
      SampleModel.golden().explanation(Methods.LRP_STAY, TargetSource.PREDICTED);
  private static final byte[] BROKEN = "no model".getBytes(StandardCharsets.UTF_8);

  private final RelevanceSessions sessions = new RelevanceSessions();
  private final List<RelevanceSession> open = new ArrayList<>();

  private static ExplanationModel model(String key) {
    return model(key, LIKE.graph(), LIKE.tokenizer());
  }

  private static ExplanationModel model(
      String key, CompiledGraph graph, TokenizerSettings tokenizer) {
    return new ExplanationModel(
        key,
        graph,
        LIKE.ledgerEntries(),
        LIKE.outputs(),
        LIKE.inputs(),
        false,
        false,
        0,
        0,
        Batching.PADDED,
        tokenizer);
  }

  private RelevanceSession acquire(String key) {
    RelevanceSession session = sessions.acquire(model(key));
    open.add(session);
    return session;
  }

  private static void run(RelevanceSession session) {
    List<RecordRelevance> found =
        session.run(new TokenBatch(List.of(SampleRecords.text(101, 5, 102)), null));
    assertThat(found.get(0).failure()).isEmpty();
  }

  @AfterEach
  void close() {
    open.forEach(RelevanceSession::close);
    sessions.closeIdle();
    assertThat(sessions.loaded()).isZero();
  }

  @Test
  void oneKeyIsOneModel() {
    RelevanceSession first = acquire("a");
    RelevanceSession second = acquire("a");
    assertThat(sessions.loaded()).isEqualTo(1);
    assertThat(second.tokenizer()).isSameAs(first.tokenizer());
  }

  @Test
  void anotherKeyIsAnotherModel() {
    RelevanceSession first = acquire("a");
    RelevanceSession second = acquire("b");
    assertThat(sessions.loaded()).isEqualTo(2);
    assertThat(second.tokenizer()).isNotSameAs(first.tokenizer());
  }

  @Test
  void anIdleModelWaitsForTheNextTask() {
    RelevanceSession first = acquire("a");
    TextTokenizer tokenizer = first.tokenizer();
    first.close();
    assertThat(sessions.loaded()).isEqualTo(1);
    assertThat(acquire("a").tokenizer()).isSameAs(tokenizer);
  }

  @Test
  void onlyTheModelReleasedLastIsKept() {
    RelevanceSession a = acquire("a");
    RelevanceSession b = acquire("b");
    RelevanceSession c = acquire("c");
    TextTokenizer tokenizer = b.tokenizer();
    c.close();
    a.close();
    b.close();
    assertThat(sessions.loaded()).isEqualTo(1);
    assertThat(acquire("b").tokenizer()).isSameAs(tokenizer);
  }

  @Test
  void closingIdleOnesLeavesThoseInUse() {
    RelevanceSession a = acquire("a");
    acquire("b").close();
    sessions.closeIdle();
    assertThat(sessions.loaded()).isEqualTo(1);
    run(a);
  }

  @Test
  void closingTwiceReleasesOnce() {
    RelevanceSession first = acquire("a");
    RelevanceSession second = acquire("a");
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
    assertThatThrownBy(() -> sessions.acquire(model("a", LIKE.graph(), broken)))
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
        try (RelevanceSession session = sessions.acquire(model("key " + random.nextInt(3)))) {
          run(session);
        }
      }
      together.await();
      try (RelevanceSession session = sessions.acquire(model("held " + number % 2))) {
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
