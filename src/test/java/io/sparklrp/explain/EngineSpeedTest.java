package io.sparklrp.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Times are compared by record: programs do not count the same operations. */
class EngineSpeedTest {
  @Test
  void aRecordsTimeIsComparedAndNotItsOperations() {
    EngineSpeed full = new EngineSpeed(40e9, 100);
    EngineSpeed reduced = new EngineSpeed(90e9, 160);
    assertThat(reduced.timeBeside(full)).isEqualTo(0.625);
    assertThat(full.timeBeside(reduced)).isEqualTo(1.6);
  }

  @Test
  void nothingIsKnownBesideWhatWasNotMeasured() {
    EngineSpeed measured = new EngineSpeed(40e9, 100);
    assertThat(measured.timeBeside(EngineSpeed.SUPPOSED)).isNaN();
    assertThat(EngineSpeed.SUPPOSED.timeBeside(measured)).isNaN();
  }
}
