package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.sparklrp.compile.SampleModel;
import io.sparklrp.method.Methods;
import io.sparklrp.relevance.TargetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session's threads, counted by Linux: a native thread has the name of the one that made it. */
class SessionSettingsTest {
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Program model =
      SampleModel.golden().explanation(Methods.LRP_STAY, TargetSource.PREDICTED);

  @BeforeEach
  void needsLinux() {
    assumeThat(TASKS).isDirectory();
    DjlEngine.start();
  }

  /** Threads of a session that a thread makes which has no others, itself included. */
  private static long threads(Callable<AutoCloseable> maker) throws Exception {
    String name = "maker " + NUMBER.incrementAndGet();
    ExecutorService pool = Executors.newSingleThreadExecutor(task -> new Thread(task, name));
    try (AutoCloseable session = pool.submit(maker).get()) {
      assertThat(session).isNotNull();
      try (Stream<Path> tasks = Files.list(TASKS)) {
        return tasks.filter(task -> name.equals(nameOf(task))).count();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** Null for a thread that has ended meanwhile. */
  private static String nameOf(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      return null;
    }
  }

  private OrtSession raw(int more) throws Exception {
    try (OrtSession.SessionOptions options = SessionSettings.create()) {
      if (more > 0) {
        options.setIntraOpNumThreads(1 + more);
      }
      return OrtEnvironment.getEnvironment()
          .createSession(model.explain().graph().content(), options);
    }
  }

  @Test
  void aSessionHasNoThreadsOfItsOwn() throws Exception {
    assertThat(threads(() -> raw(2))).as("with two more, which must be seen").isEqualTo(3);
    assertThat(threads(() -> raw(0))).isEqualTo(1);
  }

  @Test
  void theProductsSessionsHaveNone() throws Exception {
    EngineSessions sessions = new EngineSessions(EngineSessions.IDLE);
    assertThat(
            threads(
                () -> {
                  EngineSession session = sessions.acquire(model);
                  SampleRecords.first(
                      session, new TokenBatch(List.of(SampleRecords.text(1, 2, 3)), null));
                  return session;
                }))
        .isEqualTo(1);
    sessions.closeIdle();
  }
}
