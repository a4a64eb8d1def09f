package io.sparklrp.table;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An explanation that becomes a row, and a row that becomes an explanation, lose nothing. */
@ExtendWith(LocalSpark.class)
class ExplainedSchemaTest {
  private static final long SEED = 20_260_418;
  private static final int ROWS = 500;

  private static void assertSame(List<Row> found, ExplainedSchema schema, List<OutputRow> rows) {
    assertThat(found.stream().map(schema::fromRow).toList())
        .as("seed " + SEED)
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource({"'', parquet", "p_, parquet", "'', orc", "'', json", "'od`d.', parquet"})
  void whatIsWrittenIsRead(String prefix, String format, @TempDir Path directory) {
    List<OutputRow> rows = new RandomRows(SEED).rows(ROWS);
    ExplainedSchema schema = new ExplainedSchema(prefix);
    Dataset<Row> table = RandomRows.table(rows, schema);
    assertSame(table.collectAsList(), schema, rows);

    String output = directory.resolve("out").toString();
    table.write().format(format).save(output);
    Dataset<Row> read =
        LocalSpark.session().read().schema(table.schema()).format(format).load(output);
    assertSame(read.orderBy("number").collectAsList(), schema, rows);
  }

  @Test
  void sparksOwnFormIsReadToo() {
    List<OutputRow> rows = new RandomRows(SEED).rows(ROWS);
    assertThat(rows.stream().map(row -> ExplainedSchema.fromRow(ExplainedSchema.toRow(row), 0)))
        .as("seed " + SEED)
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(rows);
  }

  @Test
  void theColumnsAreFoundAmongOthersByTheirPrefix() {
    for (String prefix : List.of("", "p_", "od`d.")) {
      ExplainedSchema schema = new ExplainedSchema(prefix);
      Dataset<Row> table = RandomRows.table(new RandomRows(SEED).rows(1), schema);
      assertThat(ExplainedSchema.among(table.schema())).contains(schema);
      assertThat(schema.provenance(table.schema())).isEmpty();
      assertThat(ExplainedSchema.among(table.drop(prefix + "run_id").schema())).isEmpty();
    }
  }

  @Test
  void columnsAreFoundInAnyOrder() {
    List<OutputRow> rows = new RandomRows(SEED).rows(20);
    ExplainedSchema schema = new ExplainedSchema("");
    Dataset<Row> turned =
        RandomRows.table(rows, schema)
            .withColumn(
                "ledger",
                expr(
                    "named_struct('by_cause', ledger.by_cause, 'bias_by_layer', ledger.bias_by_layer,"
                        + " 'residual', ledger.residual, 'bias', ledger.bias, 'segment', ledger.segment,"
                        + " 'position', ledger.position, 'tokens', ledger.tokens)"))
            .selectExpr(turned(schema.names()))
            .where("ledger.residual is not null");
    List<OutputRow> those = rows.stream().filter(row -> row.ledger() != null).toList();
    assertSame(turned.orderBy("number").collectAsList(), schema, those);
  }

  /** From the last to the first, and a stranger among them. */
  private static String[] turned(List<String> names) {
    List<String> turned = new ArrayList<>(names);
    Collections.reverse(turned);
    turned.add(2, "number");
    return turned.toArray(String[]::new);
  }

  @Test
  void whatSqlAsksForIsThere() {
    ExplainedSchema schema = new ExplainedSchema("od`d.");
    List<OutputRow> rows = new RandomRows(SEED).rows(ROWS);
    List<Row> found =
        RandomRows.table(rows, schema)
            .orderBy("number")
            .selectExpr(schema.sql("run_id"), schema.sql("error", "kind"))
            .collectAsList();
    assertThat(found)
        .isEqualTo(
            rows.stream()
                .map(
                    row ->
                        LocalSpark.row(
                            row.runId(), row.error() == null ? null : row.error().kind()))
                .toList());
    assertThatThrownBy(() -> schema.sql("error", "sort"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> schema.sql("run_id", "kind"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
