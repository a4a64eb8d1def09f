package io.sparklrp.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.ChildJvm;
import io.sparklrp.cli.Main;
import io.sparklrp.spark.LocalSpark;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar on the oldest Spark that it runs on, and on the older Scala: the same rows, bit by bit,
 * as on the Spark that it is built with. Skipped where Maven cannot bring that Spark.
 */
@Tag("jar")
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(LocalSpark.class)
class OlderSparkTest {
  private static final String MODEL = "src/test/resources/golden/bert-seqcls";
  private static final Path POM = Path.of("src", "test", "spark-3.5", "pom.xml");
  private static final String COLUMNS =
      "id string, text string, flag boolean, small int, large bigint, real float, exact decimal(9,2),"
          + " day date, time timestamp, bytes binary, tags array<string>, counts map<string,int>,"
          + " place struct<page: int, title: string>";

  @TempDir Path directory;

  private static Row record(int i) {
    return LocalSpark.row(
        "r" + i,
        "A film of " + i + " acts, and none too many; good, bad or both.".repeat(1 + i % 3),
        i % 2 == 0,
        i,
        i == 3 ? null : 1L << (40 + i),
        i / 7f,
        new BigDecimal(i + ".25"),
        Date.valueOf("2026-01-0" + (1 + i)),
        Timestamp.valueOf("2026-01-01 00:00:0" + i),
        ("bytes " + i).getBytes(StandardCharsets.UTF_8),
        List.of("a", "tag " + i),
        Map.of("words", i),
        LocalSpark.row(i, i == 2 ? null : "Title"));
  }

  private static String[] explain(Path input, Path output) {
    return new String[] {
      "explain", "--model", MODEL, "--input", input.toString(), "--output", output.toString()
    };
  }

  @Test
  void writesTheSameRows() throws Exception {
    SparkDistribution older =
        SparkDistribution.of(
            directory.resolve("spark"),
            MavenClassPath.of(POM, SparkDistribution.jar().resolveSibling("spark-3.5.classpath")));
    Row[] records = new Row[8];
    for (int i = 0; i < records.length; i++) {
      records[i] = record(i);
    }
    Path input = LocalSpark.write(directory.resolve("input"), COLUMNS, records);
    Path output = directory.resolve("older");

    ChildJvm.Outcome outcome = older.submit("local[2]", List.of(), explain(input, output));

    assertThat(outcome.exitCode()).as(String.join("\n", outcome.lines())).isZero();
    Path expected = directory.resolve("built");
    assertThat(Main.run(explain(input, expected))).isZero();
    compare(LocalSpark.read(output), LocalSpark.read(expected));
  }

  private static void compare(Dataset<Row> found, Dataset<Row> expected) {
    assertThat(found.schema().treeString()).isEqualTo(expected.schema().treeString());
    assertThat(rows(found)).hasSize(8).isEqualTo(rows(expected));
  }

  private static List<String> rows(Dataset<Row> output) {
    return output.drop("run_id").orderBy("id").toJSON().collectAsList();
  }
}
