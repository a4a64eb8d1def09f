package io.sparklrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code scripts/spark-lrp} hands to spark-submit, here a script that prints its arguments.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final Path SCRIPT = Path.of("scripts", "spark-lrp").toAbsolutePath();

  @TempDir Path directory;
  private Path jar;

  private record Outcome(int exitCode, List<String> lines) {}

  @BeforeEach
  void makeDistribution() throws IOException {
    jar = Files.createFile(directory.resolve("any.jar"));
    Path submit = Files.createDirectories(directory.resolve("spark/bin")).resolve("spark-submit");
    Files.writeString(submit, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void optionsBeforeTheCommandGoToSparkSubmit() throws Exception {
    Outcome outcome =
        onSpark("--master", "yarn", "--conf=a=b c", "explain", "--model", "my dir", "@job.args");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.lines())
        .containsSubsequence("--master", "yarn", "--conf=a=b c", "--class")
        .endsWith(
            "io.sparklrp.cli.Main", jar.toString(), "explain", "--model", "my dir", "@job.args");
  }

  @Test
  void ourSettingsComeBeforeTheUsers() throws Exception {
    Outcome outcome = onSpark("--conf", "spark.task.maxFailures=2", "explain");

    assertThat(outcome.lines())
        .containsSubsequence("spark.task.maxFailures=8", "spark.task.maxFailures=2");
  }

  @Test
  void settingsOfTheClusterAreLeftAlone() throws Exception {
    Path conf = Files.createDirectories(directory.resolve("spark/conf"));
    Files.writeString(conf.resolve("spark-defaults.conf"), "spark.task.maxFailures 5\n");

    assertThat(onSpark("explain").lines())
        .contains("spark.task.cpus=1")
        .noneMatch(line -> line.startsWith("spark.task.maxFailures"));
  }

  @Test
  void worksThroughASymbolicLinkFromAnotherDirectory() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), SCRIPT);

    Outcome outcome = run(link, Map.of("SPARK_HOME", spark()), "explain");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.lines()).endsWith(jar.toString(), "explain");
  }

  @Test
  void refusesAnOptionThatSparkSubmitDoesNotKnow() throws Exception {
    assertRefused(onSpark("--model", "demo", "explain"), "Cannot place --model");
  }

  @Test
  void refusesAnOptionOfSparkSubmitAfterTheCommand() throws Exception {
    assertRefused(onSpark("explain", "--master", "yarn"), "Cannot take --master after the command");
  }

  @Test
  void refusesAClusterWithoutADistribution() throws Exception {
    Map<String, String> noSpark = Map.of("PATH", "/usr/bin:/bin");
    assertRefused(run(SCRIPT, noSpark, "--master", "yarn", "explain"), "Cannot reach master yarn");
    assertRefused(run(SCRIPT, noSpark, "--num-executors", "2", "explain"), "--num-executors");
  }

  @Test
  void refusesASparkHomeThatIsNone() throws Exception {
    Map<String, String> wrong = Map.of("SPARK_HOME", directory.toString());
    assertRefused(run(SCRIPT, wrong, "explain"), "Cannot find bin/spark-submit in SPARK_HOME");
  }

  @ParameterizedTest
  @CsvSource({
    "1.8.0_402, Java 8",
    "11.0.22, Java 11",
    "24, Java 24",
    "25.0.1, Java 25",
    "26-ea, Java 26"
  })
  void refusesAJavaThatSparkDoesNotRunOn(String version, String name) throws Exception {
    Map<String, String> java = Map.of("JAVA_HOME", java(version), "PATH", "/usr/bin:/bin");
    assertRefused(run(SCRIPT, java, "explain"), "Cannot run on " + name + ":");
    Map<String, String> onSpark = Map.of("JAVA_HOME", java(version), "SPARK_HOME", spark("4.1.1"));
    assertRefused(run(SCRIPT, onSpark, "explain"), "Cannot run on " + name + ":");
  }

  @ParameterizedTest
  @CsvSource({
    "17.0.15, 3.5.7, 0",
    "21.0.2, 4.1.1, 0",
    "23.0.1, 4.1.1, 0",
    "25.0.1, 3.5.7, 2",
    "25.0.1, 4.0.0, 2",
    "25.0.1, 4.1.1-vendor-7, 2",
    "25.0.1, 4.2.0, 0",
    "25.0.1, 5.0.0, 0"
  })
  void leavesOtherJavasToTheSparkThatIsThere(String version, String spark, int exitCode)
      throws Exception {
    Map<String, String> both = Map.of("JAVA_HOME", java(version), "SPARK_HOME", spark(spark));
    assertThat(run(SCRIPT, both, "explain").exitCode()).isEqualTo(exitCode);
  }

  /** A Java that says its version, and does nothing else. */
  private String java(String version) throws IOException {
    Path home = directory.resolve("java");
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(
        java, "#!/bin/sh\necho 'openjdk version \"" + version + "\" 2026-01-01' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home.toString();
  }

  /** A distribution of a version. */
  private String spark(String version) throws IOException {
    Path jars = Files.createDirectories(directory.resolve("spark/jars"));
    Files.createFile(jars.resolve("spark-core_2.13-" + version + ".jar"));
    return spark();
  }

  private static void assertRefused(Outcome outcome, String message) {
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.lines()).hasSizeLessThanOrEqualTo(2).first().asString().contains(message);
  }

  private Outcome onSpark(String... arguments) throws Exception {
    return run(SCRIPT, Map.of("SPARK_HOME", spark()), arguments);
  }

  private String spark() {
    return directory.resolve("spark").toString();
  }

  private Outcome run(Path script, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    Stream.of(arguments).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    Stream.of("SPARK_HOME", "SPARK_CONF_DIR", "SPARK_LRP_JAVA_OPTS")
        .forEach(builder.environment()::remove);
    builder.environment().put("SPARK_LRP_JAR", jar.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), printed.lines().toList());
  }
}
