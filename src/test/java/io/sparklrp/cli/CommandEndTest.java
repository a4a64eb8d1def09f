package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparklrp.ChildJvm;
import io.sparklrp.error.JobFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the JVM, and of Spark in it, when a command ends. */
class CommandEndTest {
  private static final Path JAVA_25 = Path.of("/usr/lib/jvm/temurin-25-jdk-amd64");

  @TempDir Path directory;
  private String[] explain;

  /** Runs the command as Spark does that has the driver in its own JVM: what follows matters. */
  static final class ClusterDriver {
    private ClusterDriver() {}

    public static void main(String[] arguments) {
      Main.main(arguments);
      System.out.println("returned; Spark runs: " + (SparkEnv.get() != null));
    }
  }

  /** Runs the command in a session of its own, as a notebook does, and goes on with it. */
  static final class Notebook {
    private Notebook() {}

    public static void main(String[] arguments) {
      SparkSession session = SparkSession.builder().appName("notebook").getOrCreate();
      session.sparkContext().setJobGroup("mine", "my cell", true);
      session.range(3).createOrReplaceTempView("numbers");
      System.out.println("exit code " + Main.run(arguments));
      System.out.println("exit code " + Main.run(arguments)); // the output exists now
      try {
        Main.main(arguments);
      } catch (JobFailedException e) {
        System.out.println(e.getMessage());
      }
      System.out.println(
          "goes on with "
              + session.sql("select count(*) from numbers").first().getLong(0)
              + " in job group "
              + session.sparkContext().getLocalProperty("spark.jobGroup.id"));
      session.stop();
    }
  }

  @BeforeEach
  void writeInput() throws Exception {
    Path input = directory.resolve("in.jsonl");
    Files.writeString(input, "{\"text\": \"the movie was bad\"}\n");
    explain =
        new String[] {
          "explain",
          "--model",
          CommandRun.TINY_MODEL,
          "--input",
          input.toString(),
          "--input-format",
          "json",
          "--output",
          directory.resolve("out").toString()
        };
  }

  @Test
  void theJvmEndsByItselfAfterSuccess() throws Exception {
    ChildJvm.Outcome outcome = new ChildJvm().run(ClusterDriver.class, explain);
    assertThat(outcome.lines())
        .anyMatch(line -> line.startsWith("Explained 1 record"))
        .endsWith("returned; Spark runs: false");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void theJvmEndsWithTheExitCodeAfterFailure() throws Exception {
    ChildJvm.Outcome outcome = new ChildJvm().run(ClusterDriver.class, "explain", "--nosuch");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    explain[4] = directory.resolve("nothing").toString();
    ChildJvm.Outcome later = new ChildJvm().run(ClusterDriver.class, explain);
    assertThat(later.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(later.lines()).noneMatch(line -> line.startsWith("returned"));
  }

  @Test
  void anothersSessionAndJvmGoOn() throws Exception {
    ChildJvm.Outcome outcome = new ChildJvm().run(Notebook.class, explain);
    assertThat(outcome.lines())
        .containsSubsequence(
            "exit code 0",
            "exit code 2",
            "Cannot go on: the command ended with exit code 2. Look at its message above.",
            "goes on with 3 in job group mine");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void aJavaThatSparkDoesNotRunOnIsRefusedBeforeSparkStarts() throws Exception {
    assumeTrue(Files.isDirectory(JAVA_25), "there is no Java 25 here");
    for (String[] command :
        new String[][] {explain, {"check-model", "--model", CommandRun.TINY_MODEL}}) {
      ChildJvm.Outcome outcome = new ChildJvm(JAVA_25).run(Main.class, command);
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(outcome.lines())
          .filteredOn(line -> line.startsWith("spark-lrp"))
          .singleElement()
          .asString()
          .matches(
              "spark-lrp: Cannot run on Java 25: Spark 4\\.\\S+ does not run on it\\."
                  + " Set JAVA_HOME to Java 17 or 21\\.");
      assertThat(outcome.lines()).noneMatch(line -> line.contains("\tat "));
    }
    assertThat(new ChildJvm(JAVA_25).run(Main.class, "--version").exitCode()).isZero();
  }
}
