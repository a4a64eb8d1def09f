package io.sparklrp.bench;

import ai.onnxruntime.OnnxTensor;
import io.sparklrp.compile.GraphStorage;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.method.Methods;
import io.sparklrp.record.EncodedText;
import io.sparklrp.relevance.TargetSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Tokens a second of {@code lrp-stay} through the product's own session, by task threads, beside
 * what the same model's plain forward gains by a second thread: in turns, medians.
 */
final class Throughput implements AutoCloseable {
  private static final int ROUNDS = 5;

  private final GraphStorage storage = new GraphStorage();
  private final double seconds;
  private final Program model;

  /** Starts the engine too, which has to come before anything else uses ONNX Runtime. */
  Throughput(Path checkpoint, int seconds) {
    this.seconds = (double) seconds / ROUNDS;
    ModelAssembly assembly = ModelAssembly.open(checkpoint);
    this.model =
        assembly.assemble(
            Methods.LRP_STAY, TargetSource.PREDICTED, assembly.lengths().longest(), storage);
    EngineSessions.ofJvm().acquire(model).close();
  }

  @Override
  public void close() {
    EngineSessions.ofJvm().closeIdle();
    storage.close();
  }

  /** Something that is run again and again by one thread; its tokens. */
  @FunctionalInterface
  private interface Work extends AutoCloseable {
    long run() throws Exception;

    @Override
    default void close() {}
  }

  /** What a thread runs. */
  @FunctionalInterface
  private interface Start {
    Work begin() throws Exception;
  }

  void print(int[][] shapes, Subject subject) throws Exception {
    System.out.println(
        "| lrp-stay, product session | 1 thread, tokens/s | 2 threads, tokens/s | plain forward's gain | of which lrp-stay has |");
    System.out.println("|---|---:|---:|---:|---:|");
    try (Variant forward = Variant.of("forward", StandardForward.of(subject.plain()))) {
      for (int[] shape : shapes) {
        print(shape, List.of(() -> explaining(shape), () -> predicting(forward, shape, subject)));
      }
    }
  }

  private void print(int[] shape, List<Start> works) throws Exception {
    double[][] one = new double[works.size()][ROUNDS];
    double[][] two = new double[works.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int work = 0; work < works.size(); work++) {
        one[work][round] = tokensPerSecond(1, works.get(work));
        two[work][round] = tokensPerSecond(2, works.get(work));
      }
    }
    double gain = gain(one[0], two[0]);
    double ofForward = gain(one[1], two[1]);
    System.out.printf(
        "| %d x %d tokens | %,.0f | %,.0f (x %.2f) | x %.2f | %.2f |%n",
        shape[0],
        shape[1],
        TimeTable.median(one[0]),
        TimeTable.median(two[0]),
        gain,
        ofForward,
        gain / ofForward);
  }

  private static double gain(double[] one, double[] two) {
    double[] gains = new double[one.length];
    Arrays.setAll(gains, round -> two[round] / one[round]);
    return TimeTable.median(gains);
  }

  private double tokensPerSecond(int threads, Start start) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Double>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> rate(start)));
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

  private double rate(Start start) throws Exception {
    try (Work work = start.begin()) {
      work.run();
      long tokens = 0;
      long began = System.nanoTime();
      while (System.nanoTime() - began < seconds * 1e9) {
        tokens += work.run();
      }
      return tokens * 1e9 / (System.nanoTime() - began);
    }
  }

  private Work explaining(int[] shape) throws Exception {
    EngineSession session = EngineSessions.ofJvm().acquire(model);
    TokenBatch batch = new TokenBatch(texts(session.tokenizer().orElseThrow(), shape), null);
    return new Work() {
      @Override
      public long run() {
        SampleRecords.first(session, batch);
        return batch.tokens();
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }

  /** Texts of as many tokens, which begin differently: equal ones would be run once. */
  private static List<EncodedText> texts(TextTokenizer tokenizer, int[] shape) throws Exception {
    List<EncodedText> texts = new ArrayList<>();
    for (int i = 0; i < shape[0]; i++) {
      String first = Integer.toString(i, Character.MAX_RADIX);
      texts.add(tokenizer.encode(first + " film".repeat(shape[1] - 3), null));
    }
    long tokens = texts.stream().mapToLong(EncodedText::length).sum();
    if (texts.stream().mapToLong(text -> text.id(1)).distinct().count() < shape[0]
        || tokens != (long) shape[0] * shape[1]) {
      throw new IllegalStateException("not " + shape[0] + " texts of " + shape[1] + " tokens");
    }
    return texts;
  }

  private static Work predicting(Variant forward, int[] shape, Subject subject) throws Exception {
    Map<String, OnnxTensor> batch = RandomBatch.of(shape[0], shape[1], subject.outputs());
    return new Work() {
      @Override
      public long run() throws Exception {
        forward.seconds(batch, System::nanoTime);
        return (long) shape[0] * shape[1];
      }

      @Override
      public void close() {
        batch.values().forEach(OnnxTensor::close);
      }
    };
  }
}
