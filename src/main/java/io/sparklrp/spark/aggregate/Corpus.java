package io.sparklrp.spark.aggregate;

import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.error.UserException;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.output.RowNames;
import io.sparklrp.spark.settings.AggregateSettings;
import io.sparklrp.spark.settings.InputSettings;
import io.sparklrp.spark.settings.NamedColumn;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
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
  /** So many targets are told. */
  private static final int TOLD = 6;

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
              "Cannot aggregate %s: it has no column '%s'. Give %s one of: %s.",
              output.name(), missing, option, String.join(", ", output.rows().columns())));
    }
  }

  /**
   * Refuses another output of which no target is one of this.
   *
   * @throws UserException if all of both have other names
   */
  void checkComparable(Corpus other) {
    List<String> own = targets();
    List<String> others = other.targets();
    if (!own.isEmpty() && !others.isEmpty() && Collections.disjoint(own, others)) {
      throw new UserException(
          String.format(
              "Cannot compare %s with %s: of the one %s was explained, of the other %s. Explain both for the same target.",
              output.name(), other.output.name(), some(own), some(others)));
    }
  }

  private List<String> targets() {
    return rows.rows()
        .select("target")
        .distinct()
        .orderBy("target")
        .as(Encoders.STRING())
        .collectAsList();
  }

  private static String some(List<String> targets) {
    return targets.stream().limit(TOLD).map(HarmlessText::line).collect(Collectors.joining(", "))
        + (targets.size() > TOLD ? ", ..." : "");
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
