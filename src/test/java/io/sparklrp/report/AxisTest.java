package io.sparklrp.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Bars begin at 0 and end at their amounts. */
class AxisTest {
  @Test
  void barsOfBothSignsMeetAtZero() {
    Axis axis = Axis.of(DoubleStream.of(3, -1));
    assertThat(axis.bar(3)).isEqualTo(new Bar(Bar.Kind.FOR, 25, 75));
    assertThat(axis.bar(-1)).isEqualTo(new Bar(Bar.Kind.AGAINST, 0, 25));
    assertThat(axis.bar(0).width()).isZero();
  }

  @Test
  void zeroMayBeInTheMiddle() {
    Axis axis = Axis.around(DoubleStream.of(1, 4));
    assertThat(axis.bar(4)).isEqualTo(new Bar(Bar.Kind.FOR, 50, 50));
    assertThat(axis.interval(-4, 0)).isEqualTo(new Bar(Bar.Kind.INTERVAL, 0, 50));
  }

  @Test
  void stepsGoFromOneAmountToTheNext() {
    Axis axis = Axis.of(DoubleStream.of(4));
    assertThat(axis.step(1, 3)).isEqualTo(new Bar(Bar.Kind.FOR, 25, 50));
    assertThat(axis.step(3, 1)).isEqualTo(new Bar(Bar.Kind.AGAINST, 25, 50));
  }

  @Test
  void whatIsBeyondTheAxisEndsAtIt() {
    Axis axis = Axis.of(DoubleStream.of(1));
    assertThat(axis.bar(9)).isEqualTo(axis.bar(1));
    assertThat(axis.bar(-9).width()).isZero();
  }

  @Test
  void nothingAndNoNumbersHaveAnAxisToo() {
    assertThat(Axis.of(DoubleStream.empty())).isEqualTo(new Axis(0, 1));
    assertThat(Axis.around(DoubleStream.of(Double.NaN, Double.POSITIVE_INFINITY)))
        .isEqualTo(new Axis(-1, 1));
  }

  @Test
  void stylesAreWrittenWithDots() {
    assertThat(new Bar(Bar.Kind.FOR, 12.345, 0.04).style()).isEqualTo("left:12.3%;width:0.0%");
  }
}
