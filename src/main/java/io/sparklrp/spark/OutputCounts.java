package io.sparklrp.spark;

import static org.apache.spark.sql.functions.expr;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What an output holds, counted from the output itself.
 *
 * @param records all records
 * @param errors records with an error, the most frequent kind first
 * @param truncated records whose text was cut
 * @param tokens tokens of all records
 * @param residuals |residual| over the ledger's scale: median, 90 %, 99 %, largest; empty where no
 *     record was explained
 */
record OutputCounts(
    long records, List<ErrorKind> errors, long truncated, long tokens, List<Double> residuals) {
  /** The ledger's bound under conservative methods: |residual| over its scale. */
  static final double LEDGER_BOUND = 1e-4;

  OutputCounts {
    errors = List.copyOf(errors);
    residuals = List.copyOf(residuals);
  }

  /** Those of no output. */
  static OutputCounts none() {
    return new OutputCounts(0, List.of(), 0, 0, List.of());
  }

  /**
   * Counts an output. Residuals are those of one method, since an output that is appended to may
   * hold others.
   */
  static OutputCounts of(Dataset<Row> output, String prefix, String method) {
    Dataset<Row> measured =
        output.selectExpr(
            column(prefix, "error.kind") + " as kind",
            column(prefix, "error.message") + " as message",
            column(prefix, "truncated") + " as truncated",
            "if(isnull("
                + column(prefix, "tokens")
                + "), 0, size("
                + column(prefix, "tokens")
                + ")) as tokens",
            String.format(
                "if(%s = '%s', abs(%s) / %s, null) as off",
                column(prefix, "method"),
                method,
                column(prefix, "ledger.residual"),
                scale(prefix)));
    Row all =
        measured
            .selectExpr(
                "count(1)",
                "coalesce(sum(cast(truncated as bigint)), 0)",
                "coalesce(sum(if(kind is null, tokens, 0)), 0)",
                "percentile_approx(off, array(0.5D, 0.9D, 0.99D), 10000)",
                "max(off)")
            .first();
    List<ErrorKind> errors =
        measured
            .where("kind is not null")
            .groupBy("kind")
            .agg(expr("count(1)"), expr("coalesce(min(message), '')"))
            .collectAsList()
            .stream()
            .map(row -> new ErrorKind(row.getString(0), row.getLong(1), row.getString(2)))
            .toList();
    return new OutputCounts(
        all.getLong(0),
        ErrorKind.merged(errors.stream()),
        all.getLong(1),
        all.getLong(2),
        residuals(all));
  }

  private static List<Double> residuals(Row all) {
    if (all.isNullAt(4)) {
      return List.of();
    }
    List<Double> middle = all.getList(3);
    return List.of(middle.get(0), middle.get(1), middle.get(2), all.getDouble(4));
  }

  private static String column(String prefix, String path) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    return "`" + prefix + name + "`" + (dot < 0 ? "" : path.substring(dot));
  }

  /** max(1, |y|, sum|R| + |R_position| + |R_segment| + sum|R_bias|). */
  private static String scale(String prefix) {
    String ledger = column(prefix, "ledger");
    String tokens =
        "aggregate(" + column(prefix, "tokens") + ", 0D, (a, t) -> a + abs(t.relevance))";
    String bias =
        "coalesce(aggregate(map_values("
            + ledger
            + ".bias_by_layer), 0D, (a, b) -> a + abs(b)), abs("
            + ledger
            + ".bias))";
    String parts =
        tokens + " + abs(" + ledger + ".position) + abs(" + ledger + ".segment) + " + bias;
    return "greatest(1D, abs(" + column(prefix, "target.score") + "), " + parts + ")";
  }

  /** What came on top of an earlier state of the same output; the residuals are of all. */
  OutputCounts since(OutputCounts before) {
    Stream<ErrorKind> less =
        before.errors.stream()
            .map(kind -> new ErrorKind(kind.kind(), -kind.records(), kind.example()));
    List<ErrorKind> more =
        ErrorKind.merged(Stream.concat(errors.stream(), less)).stream()
            .filter(kind -> kind.records() != 0)
            .toList();
    return new OutputCounts(
        records - before.records,
        more,
        truncated - before.truncated,
        tokens - before.tokens,
        residuals);
  }

  /** Records with an error. */
  long failed() {
    return ErrorKind.records(errors);
  }

  /** The largest |residual| over the ledger's scale; 0 where no record was explained. */
  double worstResidual() {
    return residuals.isEmpty() ? 0 : residuals.get(residuals.size() - 1);
  }
}
