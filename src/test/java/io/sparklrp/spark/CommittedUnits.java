package io.sparklrp.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The files of an output that tasks have handed in while a process writes it.
 *
 * @param output its directory
 */
public record CommittedUnits(Path output) {
  /** How many there are. */
  public long count() {
    if (!Files.isDirectory(output)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(output)) {
      return files.filter(file -> file.getFileName().toString().startsWith("part-")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for so many, or the end of a process. */
  public void await(ProcessHandle process, long least) {
    await(process, () -> count() >= least);
  }

  /** Waits for a condition, or the end of a process. */
  public static void await(ProcessHandle process, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (process.isAlive() && System.nanoTime() < end && !condition.getAsBoolean()) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
