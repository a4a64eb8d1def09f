package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rule that loses relevance fails the run: the product is run in a JVM of its own, with one class
 * of it broken.
 */
@ExtendWith(LocalSpark.class)
class BrokenRuleTest {
  private static final Path RULES = Path.of("src/main/java/io/sparklrp/relevance/rule");
  private static final int MOST_SECONDS = 180;

  @TempDir Path directory;
  private Path input;

  @BeforeEach
  void writeInput() {
    input =
        LocalSpark.write(
            directory.resolve("in"),
            "id INT, text STRING",
            LocalSpark.row(1, "the movie was bad"),
            LocalSpark.row(2, "the food was cold"));
  }

  /** A directory with a rule's class, compiled from its source with one expression replaced. */
  private Path broken(String rule, String source, String becomes) throws IOException {
    String text = Files.readString(RULES.resolve(rule + ".java"));
    assertThat(text).contains(source);
    Path changed = Files.createDirectories(directory.resolve("src")).resolve(rule + ".java");
    Files.writeString(changed, text.replace(source, becomes));
    Path classes = Files.createDirectories(directory.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int failed =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            changed.toString());
    assertThat(failed).isZero();
    return classes;
  }

  /** Runs a command in another JVM; its exit code and all that it prints. */
  private CommandRun run(Path classes, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(arg -> arg.startsWith("--add-opens") || arg.startsWith("-D"))
        .forEach(command::add);
    command.add("-Dspark.master=local[2]");
    command.add("-Dspark.ui.enabled=false");
    command.add("-cp");
    command.add(classes + File.pathSeparator + System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new CommandRun(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void aRuleThatLosesRelevanceFailsTheRun() throws IOException, InterruptedException {
    Path classes = broken("ConstantAttentionRule", "of(values, 1f)", "of(values, 0.9f)");
    CommandRun run =
        run(
            classes,
            "explain",
            "--model",
            CommandRun.TINY_MODEL,
            "--input",
            input.toString(),
            "--output",
            directory.resolve("out").toString(),
            "--method",
            "lrp");
    assertThat(run.err())
        .contains("spark-lrp: Cannot accept ", "the ledger of a record is off by", "report it.");
    assertThat(run.exitCode()).isEqualTo(ExitCode.QUALITY);
    assertThat(run.out()).startsWith("Explained 2 records (0 errors, ");
  }
}
