package io.sparklrp.spark.resume;

import static org.apache.spark.sql.functions.expr;

import io.sparklrp.error.UserException;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.model.Target;
import io.sparklrp.model.Task;
import io.sparklrp.spark.input.RunInput;
import io.sparklrp.spark.output.OutputTable;
import io.sparklrp.spark.output.StoredColumns;
import io.sparklrp.spark.output.StoredRuns;
import io.sparklrp.spark.settings.ExplainRequest;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.ResultIdentity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What a run has to do that goes on with an output: the records that the output does not hold of
 * the same model, method, target and parameters, explained or with an error.
 *
 * <p>A record is the same by its {@code --id-column}, its texts and whatever names its target; or
 * by all of its columns, where no column is its id. A text that changed is done again, and the row
 * of the old one stays.
 */
public final class Resumption {
  private final ExplainSettings settings;
  private final OutputTable output;
  private final ExplainRequest request;
  private final ExplainSpec spec;

  /**
   * That of a run.
   *
   * @param output that the run goes on with
   */
  public Resumption(
      ExplainSettings settings, OutputTable output, ExplainRequest request, ExplainSpec spec) {
    this.settings = settings;
    this.output = output;
    this.request = request;
    this.spec = spec;
  }

  /**
   * What is left to be done.
   *
   * @param run what the run reads: of its records earlier attempts may have written some
   * @param targetColumn the column that names each record's target; null for none
   * @throws UserException if the output is of something else
   */
  Dataset<Row> rest(Dataset<Row> rows, RunInput run, String targetColumn) {
    boolean isFirst = !settings.resume() && run.batch() == null && run.before().isEmpty();
    if (isFirst || !holdsRows()) {
      return rows;
    }
    new StoredColumns(settings.output(), output.stored()).check(rows.schema());
    return settings.resume() ? less(rows, targetColumn) : less(rows, run.before());
  }

  /** Less all that runs of the same identity did. */
  private Dataset<Row> less(Dataset<Row> rows, String targetColumn) {
    Dataset<Row> held = output.readWith(rows.schema());
    ResultIdentity identity = request.identity(spec.card().id());
    new StoredRuns(output, schema()).check(held, identity);
    List<String> key = key(List.of(rows.columns()), targetColumn);
    return remaining(rows.schema(), key)
        .of(rows, StoredRuns.of(identity, held, schema()), target());
  }

  /** Less what some runs did. */
  private Dataset<Row> less(Dataset<Row> rows, List<String> runs) {
    if (runs.isEmpty()) {
      return rows;
    }
    Column isOfThem = expr(schema().sql("run_id")).isin(runs.toArray());
    return remaining(rows.schema(), List.of(rows.columns()))
        .of(rows, output.readWith(rows.schema()).where(isOfThem), target());
  }

  private Column target() {
    return expr(schema().sql("target"));
  }

  private boolean holdsRows() {
    output.recover();
    return output.holdsRows();
  }

  private ExplainedSchema schema() {
    return settings.output().schema();
  }

  private RemainingRecords remaining(StructType record, List<String> key) {
    Set<String> directories = Set.copyOf(settings.output().partitionBy());
    return new RemainingRecords(
        new RecordHash(key, record, directories),
        new RecordHash(List.of(record.fieldNames()), record, directories),
        namesRepeat());
  }

  private List<String> key(List<String> all, String targetColumn) {
    String id = settings.columns().id();
    if (id == null) {
      return all;
    }
    Set<String> key = new LinkedHashSet<>(List.of(id));
    Stream.concat(
            spec.input().columns().stream().map(column -> column.name()),
            Stream.ofNullable(targetColumn))
        .forEach(key::add);
    return List.copyOf(key);
  }

  /** The words of a text with several masks, or of one that follows, may be the same. */
  private boolean namesRepeat() {
    return spec.card().task() == Task.MASKED_LANGUAGE_MODEL
        || (spec.target() instanceof Target.Completion words && !words.isSum());
  }
}
