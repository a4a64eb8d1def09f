package io.sparklrp.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  private final Dim batch = Dim.symbol("batch");
  private final Dim sequence = Dim.symbol("sequence");

  @Test
  void broadcastsFromTheRight() {
    Shape hidden = Shape.of(batch, sequence, Dim.of(8));
    assertThat(hidden.broadcast(Shape.of(8))).isEqualTo(hidden);
    assertThat(Shape.of(1, 8).broadcast(hidden)).isEqualTo(hidden);
    assertThat(Shape.of(batch, Dim.of(1)).broadcast(Shape.of(1, 5)))
        .isEqualTo(Shape.of(batch, Dim.of(5)));
  }

  @Test
  void refusesWhatDoesNotBroadcast() {
    assertThatThrownBy(() -> Shape.of(3, 4).broadcast(Shape.of(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3, 4]");
  }

  @Test
  void believesTheFixedOneOfTwoDimensions() {
    assertThat(Shape.of(sequence).broadcast(Shape.of(5))).isEqualTo(Shape.of(5));
    assertThat(Shape.of(5).broadcast(Shape.of(sequence))).isEqualTo(Shape.of(5));
  }

  @Test
  void countsNegativeAxesFromTheEnd() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(shape.dim(-1)).isEqualTo(Dim.of(4));
    assertThat(shape.with(-2, batch)).isEqualTo(Shape.of(Dim.of(2), batch, Dim.of(4)));
    assertThatThrownBy(() -> shape.axis(3)).isInstanceOf(IllegalArgumentException.class);
  }
}
