package io.sparklrp.spark.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.spark.settings.NamedColumn;
import io.sparklrp.table.ExplainedSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What values of a column became where it names targets: a label that is called 1 elsewhere is
 * taken for the output of that number without an error, and should be seen.
 */
final class TargetCounts {
  private static final int MOST = 20;
  private static final int LONGEST = 40;
  private static final String OF_NUMBERS =
      " Numbers were taken for the places of the model's labels: where yours mean something else, name them by --with-column.";

  private TargetCounts() {}

  /**
   * A sentence; empty where the output has not kept the column, and where its values are so many or
   * so long that they may be texts.
   *
   * @param output the rows of a run
   * @param column names targets
   */
  static Optional<String> note(Dataset<Row> output, ExplainedSchema schema, String column) {
    if (!Arrays.asList(output.columns()).contains(column)) {
      return Optional.empty();
    }
    List<Row> found =
        output
            .where(schema.sql("error") + " is null and " + schema.sql("target") + " is not null")
            .select(
                NamedColumn.of(column).cast("string").as("value"),
                expr(schema.sql("target", "label")).as("label"))
            .groupBy("value", "label")
            .agg(count(lit(1)).as("records"))
            .orderBy(col("records").desc(), col("value"))
            .limit(MOST + 1)
            .collectAsList();
    boolean areShort =
        found.stream().allMatch(row -> row.isNullAt(0) || row.getString(0).length() <= LONGEST);
    if (found.isEmpty() || found.size() > MOST || !areShort) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "Targets by column '%s': %s.%s",
            column,
            found.stream()
                .map(
                    row ->
                        String.format(
                            Locale.ROOT,
                            "%s -> %s (%,d records)",
                            row.isNullAt(0) ? null : HarmlessText.line(row.getString(0)),
                            HarmlessText.line(row.getString(1)),
                            row.getLong(2)))
                .collect(Collectors.joining(", ")),
            found.stream().anyMatch(TargetCounts::isIndex) ? OF_NUMBERS : ""));
  }

  /** Whether a number was taken for the place of a label that is called otherwise. */
  private static boolean isIndex(Row row) {
    return !row.isNullAt(0)
        && !row.isNullAt(1)
        && row.getString(0).matches("\\d+(\\.0+)?")
        && !row.getString(1).equals(row.getString(0));
  }
}
