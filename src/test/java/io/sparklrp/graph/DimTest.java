package io.sparklrp.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DimTest {
  private final Dim batch = Dim.symbol("batch");

  @Test
  void multipliesNumbersAndSymbols() {
    Dim product = batch.times(Dim.of(12)).times(Dim.symbol("a"));
    assertThat(product.toString()).isEqualTo("12*a*batch");
    assertThat(product).isEqualTo(Dim.symbol("a").times(Dim.of(12)).times(batch));
  }

  @Test
  void dividesWhatItIsAProductOf() {
    assertThat(batch.times(Dim.of(12)).dividedBy(Dim.of(4))).contains(batch.times(Dim.of(3)));
    assertThat(batch.times(batch).dividedBy(batch)).contains(batch);
  }

  @Test
  void doesNotDivideOtherwise() {
    assertThat(Dim.of(12).dividedBy(Dim.of(5))).isEmpty();
    assertThat(Dim.of(12).dividedBy(batch)).isEmpty();
    assertThat(Dim.of(12).dividedBy(Dim.of(0))).isEmpty();
  }

  @Test
  void hasASizeOnlyIfFixed() {
    assertThat(Dim.of(7).size()).isEqualTo(7);
    assertThatThrownBy(batch::size)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("batch");
    assertThatThrownBy(() -> Dim.of(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
