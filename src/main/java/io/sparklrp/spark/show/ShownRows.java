package io.sparklrp.spark.show;

import static org.apache.spark.sql.functions.col;

import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.output.Recipe;
import io.sparklrp.spark.output.RowNames;
import io.sparklrp.spark.settings.RecordColumns;
import io.sparklrp.table.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of an output with what their records are called and the texts that they are about.
 *
 * @param output that is read
 * @param rows its rows, these columns behind its own
 * @param texts how many texts a record has; 0 where the output has not kept them
 */
public record ShownRows(ExplainedOutput output, Dataset<Row> rows, int texts) {
  /** The column that tells rows apart. */
  public static final String KEY = "__spark_lrp_key";

  /** The column of what they are called. */
  public static final String NAME = "__spark_lrp_name";

  private static final String TEXT = "__spark_lrp_text_";

  /** Those of an output. */
  public static ShownRows of(ExplainedOutput output) {
    Optional<Provenance> made = output.provenance();
    List<Column> texts =
        made.map(Recipe::of)
            .map(output::texts)
            .orElseGet(() -> output.texts(List.of(RecordColumns.TEXT), Optional.empty()))
            .orElse(List.of());
    String idColumn = made.map(run -> run.parameters().get("id-column")).orElse(null);
    List<Column> columns = new ArrayList<>();
    columns.add(col("*"));
    columns.add(RowNames.key(output.rows(), Optional.empty()).as(KEY));
    columns.add(RowNames.of(output.rows(), idColumn).as(NAME));
    for (int i = 0; i < texts.size(); i++) {
      columns.add(texts.get(i).as(TEXT + i));
    }
    return new ShownRows(
        output, output.rows().select(columns.toArray(Column[]::new)), texts.size());
  }

  /** One of its rows. */
  public ShownRow shown(Row row) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < texts; i++) {
      String text = row.getAs(TEXT + i);
      found.add(text == null ? "" : text);
    }
    String name = row.getAs(NAME);
    return new ShownRow(name == null ? "(id is null)" : name, found, output.schema().fromRow(row));
  }
}
