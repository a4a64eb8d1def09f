package io.sparklrp.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllLogitsTest {
  private static final AllLogits LOGITS = new AllLogits(1, 5, 5, -2, -1, -1, Float.NaN);

  @Test
  void ofEqualOnesTheFirstIsTheHighest() {
    assertThat(LOGITS.highest()).isEqualTo(1);
    assertThat(LOGITS.highest(1, 2)).isZero();
    assertThat(LOGITS.highest(3, 3)).isEqualTo(1);
    assertThat(LOGITS.highest(3, 1)).isZero();
  }

  @Test
  void aRowIsApart() {
    assertThat(LOGITS.row(1, 3).values()).containsExactly(-2, -1, -1);
    assertThat(LOGITS.row(1, 3).areFinite()).isTrue();
    assertThat(LOGITS.areFinite()).isFalse();
  }
}
