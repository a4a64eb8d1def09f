package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.error.UserException;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.settings.NamedColumn;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.OutputRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of which the model says something else than a column does. */
final class Mistakes {
  /** So many kinds of them are told. */
  private static final int KINDS = 6;

  private static final String VALUE = "value";

  private final Dataset<Row> rows;
  private final String labelColumn;
  private final Column label;
  private final Column said;
  private final Column number;

  private Mistakes(Dataset<Row> rows, ExplainedSchema schema, String labelColumn) {
    this.rows = rows;
    this.labelColumn = labelColumn;
    this.label = NamedColumn.of(labelColumn).cast("string");
    this.said = expr(schema.sql("prediction", "label"));
    this.number = expr(schema.sql("prediction", "index")).cast("string");
  }

  /**
   * Those of an output.
   *
   * @param rows the output's
   * @param labelColumn the column of what each record should be said to be
   * @throws UserException if it is not there, or no value is a label or a number of one
   */
  static Mistakes of(ExplainedOutput output, Dataset<Row> rows, String labelColumn) {
    if (!output.has(labelColumn)) {
      throw new UserException(
          String.format(
              "Cannot report on %s: it has no column '%s'. Give --label-column one of: %s.",
              output.name(), labelColumn, String.join(", ", output.rows().columns())));
    }
    Mistakes mistakes = new Mistakes(rows, output.schema(), labelColumn);
    mistakes.check();
    return mistakes;
  }

  /** Refuses a column that speaks of other labels than the model: it would be wrong in all rows. */
  private void check() {
    Dataset<Row> both = rows.where(label.isNotNull().and(said.isNotNull()));
    Dataset<Row> values = both.select(label.as(VALUE));
    Dataset<Row> answers = both.select(said.as(VALUE));
    boolean isKnown =
        both.isEmpty() || !values.intersect(answers.union(both.select(number.as(VALUE)))).isEmpty();
    if (!isKnown) {
      throw new UserException(
          String.format(
              "Cannot count mistakes: no value of '%s' is an answer of the model (%s). Give a --label-column in the model's"
                  + " words (explain --with-column \"said=map('yours', 'its', ...)[%s]\" makes one), or leave it out.",
              labelColumn, some(answers), labelColumn));
    }
  }

  private static String some(Dataset<Row> values) {
    return values.distinct().sort(VALUE).limit(KINDS).collectAsList().stream()
        .map(row -> HarmlessText.line(row.getString(0)))
        .collect(Collectors.joining(", "));
  }

  /** What the model should have said in a row; empty where it did, and where nobody knows. */
  Optional<String> rightLabel(Row row, OutputRow found) {
    Object value = row.getAs(labelColumn);
    if (value == null || found.prediction() == null) {
      return Optional.empty();
    }
    String right = String.valueOf(value);
    boolean isSaid =
        right.equals(found.prediction().label())
            || right.equals(String.valueOf(found.prediction().index()));
    return isSaid ? Optional.empty() : Optional.of(right);
  }

  /** Whether the model says another label; a label may be written as its number. */
  Column isOne() {
    return label.notEqual(said).and(label.notEqual(number));
  }

  /** A sentence of how often the model is wrong, and of what; empty where no row has a label. */
  Optional<String> told() {
    Row counts =
        rows.where(label.isNotNull().and(said.isNotNull()))
            .agg(count(lit(1)), count(when(isOne(), 1)))
            .first();
    long all = counts.getLong(0);
    long wrong = counts.getLong(1);
    return all == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Of %,d rows with a label in “%s” the model is wrong in %,d (%.1f %%)%s.%s",
                all,
                HarmlessText.line(labelColumn),
                wrong,
                100.0 * wrong / all,
                kinds(),
                places()));
  }

  /** A label that is called 1 elsewhere is taken for the place of another: it should be seen. */
  private String places() {
    Dataset<Row> values = rows.select(label.as(VALUE)).distinct();
    List<Row> found =
        rows.where(said.isNotNull().and(number.notEqual(said)))
            .select(number.as(VALUE), said.as("said"))
            .distinct()
            .join(values, VALUE)
            .orderBy(col(VALUE).cast("int"))
            .limit(KINDS)
            .collectAsList();
    return found.isEmpty()
        ? ""
        : String.format(
            " Numbers in “%s” were taken for the places of the model's labels (%s): where yours mean something else, name"
                + " them by explain --with-column.",
            HarmlessText.line(labelColumn),
            found.stream()
                .map(row -> row.getString(0) + ": " + HarmlessText.line(row.getString(1)))
                .collect(Collectors.joining(", ")));
  }

  /** The most frequent kinds; empty where there is none. */
  private String kinds() {
    List<Row> found =
        rows.where(isOne())
            .groupBy(label.as("label"), said.as("said"))
            .agg(count(lit(1)).as("rows"))
            .orderBy(col("rows").desc(), col("label"), col("said"))
            .limit(KINDS + 1)
            .collectAsList();
    String most = found.stream().limit(KINDS).map(Mistakes::kind).collect(Collectors.joining(", "));
    return most.isEmpty() ? "" : ": " + most + (found.size() > KINDS ? ", ..." : "");
  }

  private static String kind(Row row) {
    return String.format(
        Locale.ROOT,
        "%,d “%s” called “%s”",
        row.<Long>getAs("rows"),
        HarmlessText.line(row.getAs("label")),
        HarmlessText.line(row.getAs("said")));
  }
}
