package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import io.sparklrp.spark.RandomTable;
import java.nio.file.Path;
import java.util.TimeZone;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input columns come out bit by bit as they went in. */
@ExtendWith(LocalSpark.class)
class InputColumnsTest {
  private static final long SEED = 20_260_302;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/Los_Angeles"})
  void ofEveryTypeThatParquetHolds(String zone) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      RandomTable random = new RandomTable(SEED);
      StructType schema = random.storedSchema();
      Path input = directory.resolve("in");
      Path output = directory.resolve("out");
      random
          .rows(schema, 60)
          .withColumn("text", functions.lit("the movie was bad"))
          .coalesce(1)
          .write()
          .parquet(input.toString());
      CommandRun.explain(input, output).done();
      Dataset<Row> stored = LocalSpark.read(input);
      assertThat(RandomTable.bits(LocalSpark.read(output), stored.columns()))
          .as("seed " + SEED)
          .containsExactlyInAnyOrderElementsOf(RandomTable.bits(stored, stored.columns()))
          .hasSize(60);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  /** As the calendars' change has them, in a zone whose offset was once no whole minute. */
  @Test
  void datesAndTimesOfAnyYear() {
    Dataset<Row> rows =
        LocalSpark.table("text STRING", LocalSpark.row("the movie was bad"))
            .selectExpr(
                "text",
                "date'1582-10-04' as a",
                "date'1582-10-10' as b",
                "date'0001-01-01' as c",
                "timestamp'1582-10-10 00:00:00Z' as d",
                "timestamp'1883-11-18 12:00:00Z' as e",
                "timestamp'0001-01-01 00:00:00Z' as f",
                "array(date'1500-02-28') as g",
                "map('k', timestamp'1400-01-01 00:00:00Z') as h");
    Path input = directory.resolve("in");
    rows.write().parquet(input.toString());
    CommandRun.explain(input, directory.resolve("out")).done();
    assertThat(
            LocalSpark.read(directory.resolve("out"))
                .selectExpr(
                    "cast(struct(a, b, c, g) as string)", "unix_micros(d)", "unix_micros(f)")
                .first())
        .isEqualTo(
            LocalSpark.row(
                "{1582-10-04, 1582-10-10, 0001-01-01, [1500-02-28]}",
                -12_219_724_800_000_000L,
                -62_135_596_800_000_000L));
  }
}
