package io.sparklrp.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CountedTest {
  @Test
  void oneThingIsSingular() {
    assertThat(Counted.of(0, "error")).isEqualTo("0 errors");
    assertThat(Counted.of(1, "error")).isEqualTo("1 error");
    assertThat(Counted.of(1200, "error")).isEqualTo("1,200 errors");
  }
}
