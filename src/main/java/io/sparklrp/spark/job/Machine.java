package io.sparklrp.spark.job;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The memory of the machine, or of the container, in which this JVM is. */
final class Machine {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final String AVAILABLE = "MemAvailable:";

  private Machine() {}

  /** Bytes that this JVM can have beside its heap, as much as others leave of the machine. */
  static long besideHeap() {
    Runtime runtime = Runtime.getRuntime();
    long whole = whole();
    long ofOthers = runtime.maxMemory() - runtime.totalMemory();
    return Math.max(0, Math.min(whole - runtime.maxMemory(), available(whole) - ofOthers));
  }

  /** Bytes of the machine, or what its control group allows. */
  private static long whole() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known
        ? known.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  /** Bytes that can be had without swapping; where the system does not say, all. */
  private static long available(long whole) {
    if (!Files.isReadable(MEMINFO)) {
      return whole;
    }
    try (Stream<String> lines = Files.lines(MEMINFO)) {
      return lines
          .filter(line -> line.startsWith(AVAILABLE))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D+", "")))
          .findFirst()
          .orElse(whole);
    } catch (IOException e) {
      return whole;
    }
  }
}
