package io.sparklrp.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One scale for all words of a page. */
class ShadeTest {
  @Test
  void halfOfTheFullShadeIsHalfAsDark() {
    Shade scale = new Shade(4);
    assertThat(scale.style(2)).isEqualTo("--s:50");
    assertThat(scale.style(-2)).isEqualTo("--s:50");
    assertThat(scale.style(0)).isEqualTo("--s:0");
    assertThat(scale.style(9)).isEqualTo("--s:100");
    assertThat(scale.words()).isEqualTo("4.00");
  }

  @Test
  void oneLargeWordDoesNotMakeAllOthersPale() {
    DoubleStream relevance =
        DoubleStream.concat(
            IntStream.range(0, 999).mapToDouble(i -> i % 2 == 0 ? 1 : -1), DoubleStream.of(500));
    assertThat(Shade.of(relevance).full()).isEqualTo(1);
  }

  @Test
  void fewWordsAndNoneHaveAScaleToo() {
    assertThat(Shade.of(DoubleStream.of(0, 0, 0, -2)).full()).isPositive();
    assertThat(Shade.of(DoubleStream.of(0)).full()).isEqualTo(1);
    assertThat(Shade.of(DoubleStream.of(Double.NaN)).full()).isEqualTo(1);
    assertThat(Shade.of(DoubleStream.empty()).full()).isEqualTo(1);
  }
}
