package io.sparklrp.bench;

import io.sparklrp.compile.GraphStorage;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.method.Methods;
import io.sparklrp.record.EncodedText;
import io.sparklrp.relevance.TargetSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tokens a second of {@code lrp-stay} through the product's own session, by task threads. */
final class Throughput {
  private final int seconds;
  private final Program model;

  /** Starts the engine too, which has to come before anything else uses ONNX Runtime. */
  Throughput(Path checkpoint, int seconds) {
    this.seconds = seconds;
    ModelAssembly assembly = ModelAssembly.open(checkpoint);
    this.model =
        assembly.assemble(
            Methods.LRP_STAY,
            TargetSource.PREDICTED,
            assembly.lengths().longest(),
            new GraphStorage());
    EngineSessions.ofJvm().acquire(model).close();
  }

  void print(int[][] shapes) throws Exception {
    System.out.println("| lrp-stay, product session | 1 thread, tokens/s | 2 threads, tokens/s |");
    System.out.println("|---|---:|---:|");
    for (int[] shape : shapes) {
      double one = tokensPerSecond(1, shape);
      double two = tokensPerSecond(2, shape);
      System.out.printf(
          "| %d x %d tokens | %,.0f | %,.0f (x %.2f) |%n", shape[0], shape[1], one, two, two / one);
    }
    EngineSessions.ofJvm().closeIdle();
  }

  private double tokensPerSecond(int threads, int[] shape) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Double>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> rate(shape)));
      }
      double sum = 0;
      for (Future<Double> rate : running) {
        sum += rate.get();
      }
      return sum;
    } finally {
      pool.shutdown();
    }
  }

  private double rate(int[] shape) throws Exception {
    try (EngineSession session = EngineSessions.ofJvm().acquire(model)) {
      EncodedText text =
          session.tokenizer().orElseThrow().encode("film ".repeat(shape[1] - 2), null);
      TokenBatch batch = new TokenBatch(Collections.nCopies(shape[0], text), null);
      SampleRecords.first(session, batch);
      long tokens = 0;
      long start = System.nanoTime();
      while (System.nanoTime() - start < seconds * 1_000_000_000L) {
        SampleRecords.first(session, batch);
        tokens += batch.tokens();
      }
      return tokens * 1e9 / (System.nanoTime() - start);
    }
  }
}
