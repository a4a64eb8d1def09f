package io.sparklrp.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.spark.LocalSpark;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What SQL says of ledgers is what their definition says. */
@ExtendWith(LocalSpark.class)
class LedgerCheckTest {
  private static final long SEED = 20_260_420;

  /** |residual| over max(1, |y|, sum|R_t| + |R_position| + |R_segment| + sum|R_bias|). */
  private static Double byDefinition(OutputRow row) {
    if (row.tokens() == null || row.target() == null || row.ledger() == null) {
      return null;
    }
    LedgerAmounts ledger = row.ledger();
    double parts = Math.abs(ledger.position()) + Math.abs(ledger.segment());
    for (var token : row.tokens()) {
      parts += Math.abs((double) token.relevance());
    }
    Map<String, Double> bias =
        ledger.biasByLayer() == null ? Map.of("all", ledger.bias()) : ledger.biasByLayer();
    for (double amount : bias.values()) {
      parts += Math.abs(amount);
    }
    double scale = Math.max(1, Math.max(Math.abs(row.target().score()), parts));
    return Math.abs(ledger.residual()) / scale;
  }

  @Test
  void theScaleIsThatOfTheDefinition() {
    ExplainedSchema schema = new ExplainedSchema("p_");
    List<OutputRow> rows = new RandomRows(SEED).rows(2000);
    List<Row> found =
        RandomRows.table(rows, schema)
            .orderBy("number")
            .selectExpr(LedgerCheck.relativeResidual(schema))
            .collectAsList();
    for (int i = 0; i < rows.size(); i++) {
      Double expected = byDefinition(rows.get(i));
      if (expected != null) {
        assertThat(found.get(i).getDouble(0))
            .as("seed " + SEED + ", row " + i)
            .isCloseTo(expected, within(1e-12 * expected));
      }
    }
  }
}
