package io.sparklrp.table;

/** Whether ledgers close, asked of the output in SQL. */
public final class LedgerCheck {
  /** The bound under conservative methods: |residual| over the ledger's scale. */
  public static final double BOUND = 1e-4;

  private LedgerCheck() {}

  /** |residual| over the ledger's scale; null where nothing was explained. */
  public static String relativeResidual(ExplainedSchema schema) {
    return String.format("abs(%s) / %s", schema.sql("ledger", "residual"), scale(schema));
  }

  /** max(1, |y|, sum|R_t| + |R_position| + |R_segment| + sum|R_bias|). */
  private static String scale(ExplainedSchema schema) {
    return String.format(
        "greatest(1D, abs(%s), %s + abs(%s) + abs(%s) + coalesce(%s, abs(%s)))",
        schema.sql("target", "score"),
        sumOfAmounts(schema.sql("tokens"), "x.relevance"),
        schema.sql("ledger", "position"),
        schema.sql("ledger", "segment"),
        sumOfAmounts("map_values(" + schema.sql("ledger", "bias_by_layer") + ")", "x"),
        schema.sql("ledger", "bias"));
  }

  private static String sumOfAmounts(String array, String amount) {
    return String.format("aggregate(%s, 0D, (sum, x) -> sum + abs(%s))", array, amount);
  }
}
