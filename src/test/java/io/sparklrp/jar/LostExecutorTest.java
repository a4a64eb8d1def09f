package io.sparklrp.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.ChildJvm;
import io.sparklrp.cli.Main;
import io.sparklrp.spark.CommittedUnits;
import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar on a cluster of two executors, each a JVM of its own, one of which is killed in the
 * middle of the run: the output is complete, and each record is in it once.
 */
@Tag("jar")
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(LocalSpark.class)
class LostExecutorTest {
  private static final String MODEL = "src/test/resources/golden/bert-seqcls";
  private static final String SPLIT = "spark.sql.files.openCostInBytes"; // a file, a partition
  private static final String ALONE = "134217728";
  private static final double TOLERANCE = 1e-5;
  private static final int PARTITIONS = 24;
  private static final int RECORDS = PARTITIONS * 100;

  @TempDir Path directory;
  private Path output;
  private long finishedAtTheKill;

  @Test
  void losesNothingAndRepeatsNothing() throws Exception {
    SparkDistribution spark = SparkDistribution.built(directory.resolve("spark"));
    Path input = directory.resolve("input");
    write(input);
    output = directory.resolve("cluster");

    ChildJvm.Outcome outcome =
        spark.submit(
            this::killAnExecutor,
            "local-cluster[2,1,1024]",
            List.of(
                SPLIT + "=" + ALONE, "spark.sparklrp.taskSeconds=0.01", "spark.executor.memory=1g"),
            explain(input, output));

    assertThat(outcome.exitCode()).as(String.join("\n", outcome.lines())).isZero();
    assertThat(finishedAtTheKill).isBetween(1L, PARTITIONS - 3L);
    compare(rows(output), rows(explainHere(input)));
  }

  /** The same records once each; tasks, and so batches, may be others, and round otherwise. */
  private static void compare(List<Row> found, List<Row> expected) {
    assertThat(found).hasSize(RECORDS).hasSameSizeAs(expected);
    for (int i = 0; i < RECORDS; i++) {
      assertThat(found.get(i).getString(0)).isEqualTo(expected.get(i).getString(0));
      List<Double> values = found.get(i).getList(1);
      List<Double> others = expected.get(i).getList(1);
      assertThat(values).hasSameSizeAs(others);
      for (int j = 0; j < values.size(); j++) {
        assertThat(values.get(j)).isCloseTo(others.get(j), within(TOLERANCE));
      }
    }
  }

  private static void write(Path input) {
    List<Row> records =
        IntStream.range(0, RECORDS)
            .mapToObj(i -> LocalSpark.row("r" + i, "Film " + i + " is good, bad or both. "))
            .toList();
    LocalSpark.session()
        .createDataFrame(records, StructType.fromDDL("id string, text string"))
        .repartition(PARTITIONS)
        .write()
        .parquet(input.toString());
  }

  private static String[] explain(Path input, Path output) {
    return new String[] {
      "explain", "--model", MODEL, "--input", input.toString(), "--output", output.toString()
    };
  }

  /** What a local run writes. */
  private Path explainHere(Path input) {
    Path local = directory.resolve("local");
    LocalSpark.session().conf().set(SPLIT, ALONE);
    try {
      assertThat(Main.run(explain(input, local))).isZero();
    } finally {
      LocalSpark.session().conf().unset(SPLIT);
    }
    return local;
  }

  /** Names of records, and their scores and relevance. */
  private static List<Row> rows(Path output) {
    return LocalSpark.read(output)
        .selectExpr(
            "id",
            "concat(array(target.score), transform(tokens, token -> double(token.relevance)))")
        .orderBy("id")
        .collectAsList();
  }

  /** Once a task is done; a driver that ended before that has nothing to kill. */
  private void killAnExecutor(ProcessHandle driver) {
    CommittedUnits.await(driver, () -> new CommittedUnits(output).count() > 0);
    driver.children().filter(LostExecutorTest::isJava).findFirst().ifPresent(this::kill);
  }

  private void kill(ProcessHandle executor) {
    executor.destroyForcibly();
    CommittedUnits.await(executor, () -> false);
    finishedAtTheKill = new CommittedUnits(output).count();
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("java")).isPresent();
  }
}
