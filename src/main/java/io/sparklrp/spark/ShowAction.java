package io.sparklrp.spark;

import io.sparklrp.error.UserException;
import io.sparklrp.table.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads some rows of an output of {@code explain}, with the texts that they are about. */
public final class ShowAction {
  private static final String NAME = "__spark_lrp_name";
  private static final String TEXT = "__spark_lrp_text_";

  private final SparkSession session;
  private final InputSettings settings;

  /**
   * A run that has not begun.
   *
   * @param settings the output, which of its rows, and how many
   */
  public ShowAction(SparkSession session, InputSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * The rows.
   *
   * @throws UserException if the output cannot be read, is none, or has no such columns
   */
  public List<ShownRow> rows() {
    return JobDescription.putBackAfter(session.sparkContext(), this::found);
  }

  private List<ShownRow> found() {
    ExplainedOutput output = ExplainedOutput.open(session, settings);
    Optional<Provenance> made = output.provenance();
    List<Column> texts =
        made.map(Recipe::of)
            .map(output::texts)
            .orElseGet(() -> output.texts(List.of(RecordColumns.TEXT), Optional.empty()))
            .orElse(List.of());
    String idColumn = made.map(run -> run.parameters().get("id-column")).orElse(null);
    Dataset<Row> rows = output.rows();
    rows = rows.withColumn(NAME, RowNames.of(rows, idColumn));
    for (int i = 0; i < texts.size(); i++) {
      rows = rows.withColumn(TEXT + i, texts.get(i));
    }
    JobDescription.say(session.sparkContext(), "Spark LRP: show rows of an output");
    return chosen(rows).collectAsList().stream()
        .map(row -> shown(output, row, texts.size()))
        .toList();
  }

  private Dataset<Row> chosen(Dataset<Row> rows) {
    try {
      Dataset<Row> chosen = settings.where() == null ? rows : rows.where(settings.where());
      return settings.limit() == null ? chosen : chosen.limit(settings.limit());
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      if (e instanceof AnalysisException) {
        throw new UserException(
            String.format(
                "Cannot read %s: %s. Check --where.", settings.name(), SparkMessage.of(e)),
            e);
      }
      throw e;
    }
  }

  private static ShownRow shown(ExplainedOutput output, Row row, int texts) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < texts; i++) {
      String text = row.getAs(TEXT + i);
      found.add(text == null ? "" : text);
    }
    String name = row.getAs(NAME);
    return new ShownRow(name == null ? "(id is null)" : name, found, output.schema().fromRow(row));
  }
}
