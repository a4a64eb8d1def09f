package io.sparklrp.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
class TextColumnsTest {
  /** What Java writes is another text for most of them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "date'2024-02-03' | 2024-02-03",
        "timestamp'2024-02-03 04:05:06' | 2024-02-03 04:05:06",
        "timestamp'2024-02-03 04:05:06.7' | 2024-02-03 04:05:06.7",
        "timestamp_ntz'2024-02-03 04:05:06' | 2024-02-03 04:05:06",
        "cast(0.1 as double) | 0.1",
        "cast(1e10 as double) | 1.0E10",
        "cast(0.5 as float) | 0.5",
        "cast('NaN' as double) | NaN",
        "cast(1.50 as decimal(10,2)) | 1.50",
        "cast(0.00000001 as decimal(20,10)) | 0.0000000100",
        "cast(5 as tinyint) | 5",
        "cast(5 as smallint) | 5",
        "5 | 5",
        "cast(5 as bigint) | 5",
        "true | true",
        "interval '2' day | INTERVAL '2' DAY",
        "'text' | text"
      })
  void textIsWhatSparkCasts(String expression, String text) {
    Dataset<Row> rows =
        LocalSpark.session().sql("select 1 as id, " + expression + " as `a b`, 2 as more");
    TextColumns columns = TextColumns.of(rows.schema(), Arrays.asList("a b", null));
    Row row = columns.append(rows).collectAsList().get(0);
    assertThat(columns.text(row, "a b")).isEqualTo(text);
    String cast = rows.selectExpr("cast(`a b` as string)").collectAsList().get(0).getString(0);
    assertThat(cast).isEqualTo(text);
    assertThat(columns.own(row)).isEqualTo(rows.collectAsList().get(0));
    assertThat(columns.own(row).schema()).isEqualTo(rows.schema());
  }

  @Test
  void nullHasNoText() {
    Dataset<Row> rows = LocalSpark.session().sql("select cast(null as int) as n");
    TextColumns columns = TextColumns.of(rows.schema(), List.of("n"));
    assertThat(columns.text(columns.append(rows).collectAsList().get(0), "n")).isNull();
  }

  @Test
  void textsAreNotReadTwice() {
    Dataset<Row> rows = LocalSpark.session().sql("select 'a' as text, 1 as n");
    TextColumns columns = TextColumns.of(rows.schema(), List.of("text"));
    assertThat(columns.append(rows)).isSameAs(rows);
    Row row = rows.collectAsList().get(0);
    assertThat(columns.own(row)).isSameAs(row);
  }

  @Test
  void columnsOfTheInputKeepTheirNames() {
    Dataset<Row> rows = LocalSpark.session().sql("select 1 as n, 'x' as _text_of_N");
    TextColumns columns = TextColumns.of(rows.schema(), List.of("n"));
    Row row = columns.append(rows).collectAsList().get(0);
    assertThat(columns.text(row, "n")).isEqualTo("1");
    assertThat(columns.own(row).<String>getAs("_text_of_N")).isEqualTo("x");
  }
}
