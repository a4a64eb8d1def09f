package io.sparklrp.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.ChildJvm;
import io.sparklrp.jar.SparkDistribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of Spark's own executor, a process of its own as on a cluster, while it explains: what
 * YARN and Kubernetes compare with what was asked for.
 *
 * @param told MiB beside the heap that the run said it needs
 * @param used MiB beside the heap that it had at most
 */
record ExecutorMemory(long told, long used) {
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
  private static final int MILLIS_BETWEEN_LOOKS = 20;

  /** Explains records with an executor of so many cores and MiB of heap. */
  static ExecutorMemory measure(
      SparkDistribution spark,
      int cores,
      int heap,
      List<String> conf,
      Path output,
      List<String> command)
      throws IOException, InterruptedException {
    AtomicLong peak = new AtomicLong();
    ChildJvm.Outcome outcome =
        spark.submit(
            driver -> watch(driver, peak),
            String.format("local-cluster[1,%d,%d]", cores, heap),
            settings(heap, conf),
            command.toArray(String[]::new));
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException(String.join("\n", outcome.lines()));
    }
    JsonNode manifest =
        new ObjectMapper().readTree(output.resolve("_spark_lrp/manifest.json").toFile());
    return new ExecutorMemory(
        manifest.at("/run/memory_overhead_mib").asLong(), peak.get() / 1024 - heap);
  }

  /** All of the heap is touched at the start, so that what is beside it is known. */
  private static List<String> settings(int heap, List<String> conf) {
    List<String> settings = new ArrayList<>(conf);
    settings.add("spark.executor.memory=" + heap + "m");
    settings.add(
        String.format("spark.executor.extraJavaOptions=-Xms%dm -XX:+AlwaysPreTouch", heap));
    return settings;
  }

  /** Looks at the executor until the driver has ended. */
  private static void watch(ProcessHandle driver, AtomicLong peak) {
    while (driver.isAlive()) {
      new ArrayList<>(driver.descendants().toList())
          .stream()
              .filter(ExecutorMemory::isExecutor)
              .forEach(process -> peak.accumulateAndGet(peakKib(process), Math::max));
      try {
        Thread.sleep(MILLIS_BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static boolean isExecutor(ProcessHandle process) {
    return process.info().commandLine().filter(line -> line.contains(EXECUTOR)).isPresent();
  }

  /** The most that it had resident; 0 where it has ended. */
  private static long peakKib(ProcessHandle process) {
    try {
      return ProcessStatus.PEAK.kib(Long.toString(process.pid()));
    } catch (IOException e) {
      return 0;
    }
  }
}
