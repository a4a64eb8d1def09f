package io.sparklrp.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputFormatTest {
  @ParameterizedTest
  @CsvSource({
    "reviews.csv, csv",
    "s3a://bucket/a.b/reviews.TSV.gz, csv",
    "'{a,b}/*.jsonl', json",
    "x.ndjson.bz2, json",
    "x.orc, orc",
    "x.parquet, parquet",
    "part-0000.snappy.parquet, parquet",
    "reviews, parquet",
    "v1.2, parquet",
    "pictures/*.png, binaryFile",
  })
  void theEndingSaysIt(String path, String format) {
    assertThat(InputSettings.files(path).build().format()).isEqualTo(format);
  }

  @Test
  void whatIsSaidGoesBeforeIt() {
    assertThat(InputSettings.files("x.csv").format("text").build().options()).isEmpty();
    assertThat(InputSettings.files("x").format("TSV").build().options())
        .isEqualTo(InputSettings.files("x.tsv").build().options());
    assertThat(InputSettings.files("x").format("jsonl").build().format()).isEqualTo("json");
    assertThat(InputSettings.files("x.tsv").options(Map.of("HEADER", "false")).build().options())
        .isEqualTo(Map.of("HEADER", "false", "sep", "\t", "quote", ""));
    assertThat(InputSettings.files("x.tsv").options(Map.of("delimiter", ";")).build().options())
        .isEqualTo(Map.of("delimiter", ";", "header", "true", "quote", ""));
    assertThat(InputSettings.table("x.csv").build().format()).isEqualTo("parquet");
  }
}
