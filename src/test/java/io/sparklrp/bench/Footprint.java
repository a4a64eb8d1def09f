package io.sparklrp.bench;

import io.sparklrp.oracle.SyntheticBert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * Time and memory of a model's way through the product: a driver's JVM opens the checkpoint and
 * compiles it into storage, an executor's JVM loads that and runs batches.
 */
final class Footprint {
  private static final double MEGABYTE = 1e6;

  private final TemporaryCheckpoint checkpoint;
  private final String heap;
  private final double weights;

  private Footprint(TemporaryCheckpoint checkpoint, String heap, double weights) {
    this.checkpoint = checkpoint;
    this.heap = heap;
    this.weights = weights;
  }

  static void print(SyntheticBert shape, String heap, int[][] batches) throws Exception {
    try (TemporaryCheckpoint checkpoint = TemporaryCheckpoint.of(shape::write)) {
      double weights = Files.size(checkpoint.directory().resolve("model.safetensors"));
      System.out.printf(
          Locale.ROOT,
          "Footprint of lrp-stay: BERT classifier, %d layers, hidden %d, %.0f M parameters,"
              + " weights of %.0f MB; each JVM has -Xmx%s; process: resident memory, mapped files included%n%n",
          shape.layers(),
          shape.hidden(),
          weights / Float.BYTES / 1e6,
          weights / MEGABYTE,
          heap);
      new Footprint(checkpoint, heap, weights).print(batches);
    }
  }

  private void print(int[][] batches) throws IOException, InterruptedException {
    Path model = checkpoint.beside("model.serialised");
    System.out.println("| JVM | step | seconds | heap, peak | process, peak | to weights |");
    System.out.println("|---|---|---:|---:|---:|---:|");
    Properties driver = run("driver", checkpoint.directory().toString(), model.toString());
    row("driver", "open the checkpoint, build the forward pass", "open", driver);
    row("", "compile, write the graph", "compile", driver);
    for (int[] batch : batches) {
      Properties executor =
          run("executor", model.toString(), Integer.toString(batch[0]), Integer.toString(batch[1]));
      row("executor", "load the graph", "load", executor);
      row("", String.format("run %d x %d tokens", batch[0], batch[1]), "run", executor);
    }
    System.out.println();
  }

  private void row(String process, String step, String key, Properties measured) {
    double resident = number(measured, key + ".resident");
    boolean known = resident > 0;
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.2f | %.0f MB | %s | %s |%n",
        process,
        step,
        number(measured, key + ".seconds"),
        number(measured, key + ".heap") / MEGABYTE,
        known ? String.format(Locale.ROOT, "%.0f MB", resident / MEGABYTE) : "unknown",
        known ? String.format(Locale.ROOT, "x %.2f", resident / weights) : "");
  }

  private static double number(Properties measured, String key) {
    return Double.parseDouble(measured.getProperty(key));
  }

  private Properties run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(checkpoint.beside("tmp")));
    String logging = System.getProperty("log4j2.configurationFile");
    if (logging != null) {
      command.add("-Dlog4j2.configurationFile=" + logging);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FootprintProbe.class.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Properties measured = new Properties();
    measured.load(process.getInputStream());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "Cannot measure " + arguments[0] + ": it ended with " + process.exitValue() + ".");
    }
    return measured;
  }
}
