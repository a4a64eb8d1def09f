package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Decodes files in a process of its own, each by two threads at once, and says what came out. */
final class DecodingProbe {
  private static final int THREADS = 2;
  private static final String VIT = "{\"model_type\": \"vit\"}";

  private DecodingProbe() {}

  /** {@code DIRECTORY FILE...}: a line for each file. */
  public static void main(String[] arguments) throws IOException {
    ImagePreprocessor preprocessor =
        new ImagePreprocessor(new ProcessorFiles(Path.of(arguments[0])).config("{}", VIT));
    for (int i = 1; i < arguments.length; i++) {
      byte[] file = Files.readAllBytes(Path.of(arguments[i]));
      pools().forEach(MemoryPoolMXBean::resetPeakUsage);
      List<String> results =
          IntStream.range(0, THREADS).parallel().mapToObj(n -> result(preprocessor, file)).toList();
      long peak = pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
      System.out.printf(
          "%s %s %d MiB%n",
          Path.of(arguments[i]).getFileName(), String.join(" ", results), peak >> 20);
    }
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static String result(ImagePreprocessor preprocessor, byte[] file) {
    try {
      return preprocessor.process(new ImageDecoder().open(file)).size().toString();
    } catch (RecordException e) {
      return e.kind();
    }
  }
}
