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
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;

/** A driver's or an executor's part in a JVM of its own, which prints what each step took. */
final class FootprintProbe {
  private FootprintProbe() {}

  /** {@code driver CHECKPOINT MODEL}, or {@code executor MODEL RECORDS TOKENS}. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("driver")) {
      drive(Path.of(arguments[1]), Path.of(arguments[2]));
    } else {
      execute(
          Path.of(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    }
  }

  /** The storage stays open: the executor reads its files. */
  private static void drive(Path checkpoint, Path to) throws Exception {
    ModelAssembly assembly = step("open", () -> ModelAssembly.open(checkpoint));
    Program model =
        step(
            "compile",
            () ->
                assembly.assemble(
                    Methods.LRP_STAY,
                    TargetSource.PREDICTED,
                    assembly.lengths().longest(),
                    new GraphStorage()));
    try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(to))) {
      out.writeObject(model);
    }
  }

  private static void execute(Path from, int records, int tokens) throws Exception {
    Program model;
    try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(from))) {
      model = (Program) in.readObject();
    }
    try (EngineSession session = step("load", () -> EngineSessions.ofJvm().acquire(model))) {
      EncodedText text = session.tokenizer().orElseThrow().encode("film ".repeat(tokens - 2), null);
      TokenBatch batch = new TokenBatch(Collections.nCopies(records, text), null);
      step("run", () -> SampleRecords.first(session, batch));
    }
  }

  private static <T> T step(String name, Callable<T> work) throws Exception {
    long start = System.nanoTime();
    T result = work.call();
    System.out.printf("%s.seconds=%s%n", name, (System.nanoTime() - start) * 1e-9);
    System.out.printf("%s.heap=%d%n%s.resident=%d%n", name, heapPeak(), name, residentPeak());
    return result;
  }

  /** Bytes; the peaks of the heap's pools need not have been at one time, so this is a bound. */
  private static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** Bytes of memory that the process had at most, mapped files included; 0 where unknown. */
  private static long residentPeak() throws IOException {
    return 1024 * ProcessStatus.PEAK.kib();
  }
}
