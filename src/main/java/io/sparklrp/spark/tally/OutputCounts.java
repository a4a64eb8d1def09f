package io.sparklrp.spark.tally;

import static org.apache.spark.sql.functions.expr;

import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.LedgerCheck;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What an output holds of one run, or of several, counted from the output itself.
 *
 * @param records rows
 * @param errors rows with an error, the most frequent kind first
 * @param truncated rows whose text was cut
 * @param tokens tokens of all rows
 * @param residuals |residual| over the ledger's scale: median, 90 %, 99 %, largest; empty where
 *     nothing was explained, and where they are not all of one run
 */
public record OutputCounts(
    long records, List<ErrorKind> errors, long truncated, long tokens, List<Double> residuals) {
  /** Those of nothing. */
  static final OutputCounts NONE = new OutputCounts(0, List.of(), 0, 0, List.of());

  /** Copies. */
  public OutputCounts {
    errors = List.copyOf(errors);
    residuals = List.copyOf(residuals);
  }

  /**
   * What an output holds.
   *
   * @param ofRun what it holds of one run
   * @param others what it holds of all others
   */
  public record Parts(OutputCounts ofRun, OutputCounts others) {}

  /** Counts an output, the rows of a run by themselves. */
  public static Parts of(Dataset<Row> output, ExplainedSchema schema, String runId) {
    String tokens = schema.sql("tokens");
    Dataset<Row> measured =
        output.selectExpr(
            String.format("%s <=> '%s' as ours", schema.sql("run_id"), runId),
            schema.sql("error", "kind") + " as kind",
            schema.sql("error", "message") + " as message",
            schema.sql("truncated") + " as truncated",
            String.format("if(isnull(%s), 0, size(%s)) as tokens", tokens, tokens),
            LedgerCheck.relativeResidual(schema) + " as off");
    List<Row> sums =
        measured
            .groupBy("ours")
            .agg(
                expr("count(1)"),
                expr("coalesce(sum(cast(truncated as bigint)), 0)"),
                expr("coalesce(sum(if(kind is null, tokens, 0)), 0)"),
                expr("percentile_approx(if(ours, off, null), array(0.5D, 0.9D, 0.99D), 10000)"),
                expr("max(if(ours, off, null))"))
            .collectAsList();
    List<Row> errors =
        measured
            .where("kind is not null")
            .groupBy("ours", "kind")
            .agg(expr("count(1)"), expr("coalesce(min(message), '')"))
            .collectAsList();
    return new Parts(part(sums, errors, true), part(sums, errors, false));
  }

  private static OutputCounts part(List<Row> sums, List<Row> errors, boolean isOurs) {
    List<ErrorKind> kinds =
        ErrorKind.merged(
            errors.stream()
                .filter(row -> row.getBoolean(0) == isOurs)
                .map(row -> new ErrorKind(row.getString(1), row.getLong(2), row.getString(3))));
    return sums.stream()
        .filter(row -> row.getBoolean(0) == isOurs)
        .findFirst()
        .map(row -> counts(row, kinds))
        .orElse(NONE);
  }

  private static OutputCounts counts(Row sums, List<ErrorKind> kinds) {
    return new OutputCounts(
        sums.getLong(1), kinds, sums.getLong(2), sums.getLong(3), residuals(sums));
  }

  private static List<Double> residuals(Row sums) {
    if (sums.isNullAt(5)) {
      return List.of();
    }
    List<Double> middle = sums.getList(4);
    return List.of(middle.get(0), middle.get(1), middle.get(2), sums.getDouble(5));
  }

  /** Both together, less the residuals. */
  public OutputCounts plus(OutputCounts other) {
    return new OutputCounts(
        records + other.records,
        ErrorKind.merged(Stream.concat(errors.stream(), other.errors.stream())),
        truncated + other.truncated,
        tokens + other.tokens,
        List.of());
  }

  /** Rows with an error. */
  public long failed() {
    return ErrorKind.records(errors);
  }

  /** The largest |residual| over the ledger's scale; 0 where nothing was explained. */
  public double worstResidual() {
    return residuals.isEmpty() ? 0 : residuals.get(residuals.size() - 1);
  }
}
