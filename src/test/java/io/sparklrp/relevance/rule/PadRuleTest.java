package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PadRuleTest {
  private final SingleNode single = new SingleNode();

  private Value padded(long before, long behind) {
    Ops ops = single.forward();
    Value x =
        single.active(
            "x",
            RandomTensor.of(1, 2, 5, 3),
            Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(3)));
    Value constant = single.constant("fill", DoubleTensor.of(new int[0], new double[] {1.5}));
    return ops.op("pad", "Pad", Map.of(), x, ops.longs(before, behind), constant, ops.longs(2));
  }

  @Test
  void whatWasThereGetsItsGradient() {
    DoubleTensor gradient = RandomTensor.of(2, 2, 5, 5);
    single.propagate(new PadRule(), padded(0, 2), gradient);
    DoubleTensor sent = single.sent(0);
    assertThat(sent.shape()).containsExactly(2, 5, 3);
    assertThat(sent.data()).containsExactly(single.differences("x").data(), within(1e-8));
  }

  @Test
  void theConstantIsBookedWithTheGradientOfThePadding() {
    DoubleTensor gradient = RandomTensor.of(3, 2, 5, 5);
    single.propagate(new PadRule(), padded(0, 2), gradient);
    DoubleTensor booked = single.booked(SingleNode.OF_OPERATOR);
    assertThat(booked.shape()).containsExactly(2, 5, 2);
    assertThat(booked.at(1, 4, 0)).isEqualTo(gradient.at(1, 4, 3));
    assertThat(booked.at(0, 2, 1)).isEqualTo(gradient.at(0, 2, 4));
  }

  @Test
  void paddingInFrontIsRefusedByName() {
    assertThatThrownBy(
            () -> single.propagate(new PadRule(), padded(1, 0), RandomTensor.of(4, 2, 5, 4)))
        .hasMessageContaining("node.pad");
  }
}
