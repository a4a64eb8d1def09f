package io.sparklrp.explain;

import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.run.AskedRecord;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.explain.run.EngineRunner;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What {@link ShortMemoryTest} runs in a JVM of its own: explains records in small batches, then
 * forbids the process most further memory, and explains them in batches that need far more.
 */
final class ShortMemoryProbe {
  private static final long SEED = 4;
  private static final int RECORDS = 60;
  private static final long MORE_BYTES = 500L << 20;
  private static final int HUGE = 40_000;

  private ShortMemoryProbe() {}

  /** Prints how it went. */
  public static void main(String[] arguments) throws Exception {
    ExplainSpec spec = SampleSpec.demo("predicted");
    try (EngineSession session = EngineSessions.ofJvm().acquire(spec.program())) {
      List<AskedRecord> records = records(session.tokenizer().orElseThrow());
      EngineRunner small = runner(session, BatchLimits.ofTokens(256));
      List<Outcome<List<RecordRelevance>>> expected = small.explain(records);
      forbidMore();
      EngineRunner huge = runner(session, new BatchLimits(HUGE, Long.MAX_VALUE, Long.MAX_VALUE));
      List<Outcome<List<RecordRelevance>>> found = huge.explain(records);
      System.out.println("failed " + found.stream().filter(o -> o.failure().isPresent()).count());
      System.out.println("shrunk " + (huge.limits().bytes() < Long.MAX_VALUE));
      System.out.println(
          "deviation within bound " + (deviation(expected, found) <= Deviation.BOUND));
    }
  }

  private static EngineRunner runner(EngineSession session, BatchLimits limits) {
    return new EngineRunner(session, session.program().batching(), limits, RunListener.NONE);
  }

  private static List<AskedRecord> records(TextTokenizer tokenizer) throws RecordException {
    Random random = new Random(SEED);
    List<AskedRecord> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String text = "film ".repeat(400 + random.nextInt(200)) + i;
      records.add(new AskedRecord(tokenizer.encode(text, null), RecordTargets.NONE));
    }
    return records;
  }

  private static double deviation(
      List<Outcome<List<RecordRelevance>>> expected, List<Outcome<List<RecordRelevance>>> found) {
    return IntStream.range(0, RECORDS)
        .mapToDouble(i -> Deviation.of(expected.get(i).value(), found.get(i).value()))
        .max()
        .orElseThrow();
  }

  private static void forbidMore() throws Exception {
    long now =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmSize:"))
            .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D+", "")))
            .findFirst()
            .orElseThrow();
    Process process =
        new ProcessBuilder(
                "prlimit",
                "--pid=" + ProcessHandle.current().pid(),
                "--as=" + (now + MORE_BYTES) + ":unlimited")
            .inheritIO()
            .start();
    System.out.println("forbidden " + (process.waitFor() == 0));
  }
}
