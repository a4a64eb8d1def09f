package io.sparklrp.spark.explain;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.error.QualityGateException;
import io.sparklrp.spark.output.ExplainSummary;
import io.sparklrp.spark.output.Gate;
import io.sparklrp.spark.settings.GateSettings;
import io.sparklrp.spark.tally.FailedRecords;
import io.sparklrp.spark.tally.OutputCounts;
import io.sparklrp.spark.tally.RecordCounts;
import io.sparklrp.spark.tally.Tally;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QualityGatesTest {
  private static List<Gate> gates(long planned, long read, long rows) {
    return new QualityGates(
            new ExplainSummary(
                "out",
                "run-1",
                0,
                List.of(),
                new RecordCounts(
                    planned,
                    new Tally(read, read, read, List.of()),
                    new OutputCounts(rows, List.of(), 0, 10 * rows, List.of(0.0, 0.0, 0.0, 0.0))),
                FailedRecords.of(List.of(), List.of(), List.of()),
                1,
                10 * rows,
                100,
                1,
                List.of(),
                List.of()),
            GateSettings.builder().maxErrorRate(0.0).build())
        .all(true, Optional.empty(), Optional.empty());
  }

  @Test
  void recordsThatTheInputLosesFailTheRun() {
    assertThatThrownBy(() -> Gate.check(gates(3, 2, 2)))
        .isInstanceOf(QualityGateException.class)
        .hasMessageContaining("records were lost; of 3 in the input tasks read 2");
  }

  @Test
  void rowsThatAnOutputLosesFailTheRun() {
    assertThatThrownBy(() -> Gate.check(gates(3, 3, 2)))
        .isInstanceOf(QualityGateException.class)
        .hasMessageContaining("the output holds 2 of run run-1");
  }

  @Test
  void aWholeRunPasses() {
    assertThatCode(() -> Gate.check(gates(3, 3, 3))).doesNotThrowAnyException();
  }
}
