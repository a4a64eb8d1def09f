package io.sparklrp.spark.aggregate;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.output.RowNames;
import io.sparklrp.spark.settings.AggregateSettings;
import io.sparklrp.spark.settings.InputSettings;
import io.sparklrp.spark.settings.NamedColumn;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * An output that tables are made of.
 *
 * @param output that is read
 * @param rows of it, in the columns that tables are made of
 * @param hasNames whether its keys are the records' own names
 */
record Corpus(ExplainedOutput output, ExplainedCorpus rows, boolean hasNames) {
  /**
   * All of an output.
   *
   * @param by the records' own columns that tell slices apart
   * @throws UserException if it cannot be read, is none, or has no such columns
   */
  static Corpus open(SparkSession session, InputSettings input, List<String> by) {
    ExplainedOutput output = ExplainedOutput.open(session, input);
    requireColumns(output, by, "--by");
    return of(output, output.rows(), by);
  }

  /**
   * The rows of an output whose texts differ in one term: one without a frame or a term is no part
   * of the comparison.
   *
   * @throws UserException if it cannot be read, is none, or has no such columns
   */
  static Corpus framed(SparkSession session, InputSettings input, AggregateSettings.Frames frames) {
    List<String> by = List.of(frames.frameColumn(), frames.termColumn());
    ExplainedOutput output = ExplainedOutput.open(session, input);
    requireColumns(output, by, "--frame-column and --term-column");
    Column hasBoth =
        by.stream().map(name -> NamedColumn.of(name).isNotNull()).reduce(Column::and).orElseThrow();
    return of(output, output.rows().where(hasBoth), by);
  }

  private static void requireColumns(ExplainedOutput output, List<String> by, String option) {
    String missing = by.stream().filter(column -> !output.has(column)).findFirst().orElse(null);
    if (missing != null) {
      throw new UserException(
          String.format(
              "Cannot aggregate %s: it has no column '%s'. Give %s a column that it has.",
              output.name(), missing, option));
    }
  }

  private static Corpus of(ExplainedOutput output, Dataset<Row> rows, List<String> by) {
    Optional<String> id =
        output.provenance().map(run -> run.parameters().get("id-column")).filter(output::has);
    List<Column> slices = by.stream().map(NamedColumn::of).toList();
    Column name = RowNames.of(rows, id.orElse(null));
    Column key = RowNames.key(rows, id);
    return new Corpus(
        output, ExplainedCorpus.of(rows, output.schema(), key, name, slices), id.isPresent());
  }
}
