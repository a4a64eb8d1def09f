package io.sparklrp.bench;

import io.sparklrp.compile.GraphStorage;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.error.RecordException;
import io.sparklrp.method.Methods;
import io.sparklrp.model.Numerics;
import io.sparklrp.model.Precision;
import io.sparklrp.record.EncodedText;
import io.sparklrp.relevance.TargetSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Resident memory of a process that runs very many small batches of {@code lrp-stay}, each of
 * another shape, on two task threads: whether the engine, its bindings or we lose memory with each.
 */
final class Endurance {
  private static final long SEED = 1;
  private static final int THREADS = 2;
  private static final int LOOKS = 10;
  private static final int MOST_RECORDS = 4;
  private static final int MOST_WORDS = 30;

  private final Path checkpoint;
  private final int batches;

  Endurance(Path checkpoint, int batches) {
    this.checkpoint = checkpoint;
    this.batches = batches;
  }

  void print(List<Precision> precisions) throws Exception {
    System.out.printf(
        "Resident memory in MiB, %,d batches of 1 to %d records, %d threads%n%n",
        batches, MOST_RECORDS, THREADS);
    System.out.println("| precision | after the first | after each tenth |");
    System.out.println("|---|---:|---|");
    for (Precision precision : precisions) {
      print(precision);
    }
  }

  private void print(Precision precision) throws Exception {
    ModelAssembly assembly = ModelAssembly.open(checkpoint).in(Numerics.of(precision));
    try (GraphStorage storage = new GraphStorage()) {
      Program program =
          assembly.assemble(
              Methods.LRP_STAY, TargetSource.PREDICTED, assembly.lengths().longest(), storage);
      try (EngineSession held = EngineSessions.ofJvm().acquire(program)) {
        SampleRecords.first(held, batch(held.tokenizer().orElseThrow(), new Random(SEED)));
        long start = resident();
        List<Long> after = new ArrayList<>();
        for (int look = 0; look < LOOKS; look++) {
          run(program, SEED + (long) look * THREADS);
          after.add(resident());
        }
        System.out.printf("| %s | %d | %s |%n", precision.id(), start, after);
      }
    }
    EngineSessions.ofJvm().closeIdle();
  }

  private void run(Program program, long seed) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(seed + thread);
        Callable<Void> work = () -> run(program, random);
        running.add(pool.submit(work));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  private Void run(Program program, Random random) throws RecordException {
    try (EngineSession session = EngineSessions.ofJvm().acquire(program)) {
      TextTokenizer tokenizer = session.tokenizer().orElseThrow();
      for (int i = 0; i < batches / LOOKS / THREADS; i++) {
        SampleRecords.first(session, batch(tokenizer, random));
      }
    }
    return null;
  }

  private static TokenBatch batch(TextTokenizer tokenizer, Random random) throws RecordException {
    List<EncodedText> texts = new ArrayList<>();
    int records = 1 + random.nextInt(MOST_RECORDS);
    for (int i = 0; i < records; i++) {
      texts.add(tokenizer.encode("film ".repeat(1 + random.nextInt(MOST_WORDS)), null));
    }
    return new TokenBatch(texts, null);
  }

  /** MiB; 0 where the system does not say. */
  private static long resident() throws IOException {
    return ProcessStatus.RESIDENT.kib() / 1024;
  }
}
