package io.sparklrp.spark.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GateTest {
  @Test
  void whatIsHeldAgainstNothingIsCalledSo() {
    assertThat(Gate.atMost("ledger", 0.8526, null, "").words())
        .isEqualTo("ledger 0.8526 (no bound)");
    assertThat(Gate.atMost("ledger", 1e-5, 1e-3, "").words())
        .isEqualTo("ledger 1.0e-05 (<= 0.001)");
    assertThat(Gate.none("lost", 2, "").words()).isEqualTo("lost 2 (<= 0) FAILED");
    assertThat(Gate.some("explained", 3, "").ofSample(8).words())
        .isEqualTo("explained of 8 3 (>= 1)");
  }
}
