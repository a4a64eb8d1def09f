package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcatRuleTest {
  private final SingleNode single = new SingleNode();
  private final Dim batch = Dim.symbol("batch");

  @Test
  void partsGetTheGradientOfTheirPlace() {
    Value a =
        single.active(
            "a", RandomTensor.of(1, 2, 4, 3), Shape.of(batch, Dim.symbol("s"), Dim.of(3)));
    Value b =
        single.active("b", RandomTensor.of(2, 2, 1, 3), Shape.of(batch, Dim.of(1), Dim.of(3)));
    Value c =
        single.active(
            "c", RandomTensor.of(3, 2, 2, 3), Shape.of(batch, Dim.symbol("t"), Dim.of(3)));
    single.propagate(
        new ConcatRule(),
        single.forward().concat("joined", -2, List.of(a, b, c)),
        RandomTensor.of(4, 2, 7, 3));
    assertThat(single.reached()).containsExactly(0, 1, 2);
    for (int i = 0; i < 3; i++) {
      String name = List.of("a", "b", "c").get(i);
      assertThat(single.sent(i).data())
          .containsExactly(single.differences(name).data(), within(1e-8));
    }
  }

  @Test
  void constantPartsAreBooked() {
    Value token = single.constant("token", RandomTensor.of(5, 2, 1, 3));
    Value x =
        single.active(
            "x", RandomTensor.of(1, 2, 4, 3), Shape.of(batch, Dim.symbol("s"), Dim.of(3)));
    DoubleTensor gradient = RandomTensor.of(4, 2, 5, 3);
    single.propagate(
        new ConcatRule(), single.forward().concat("joined", 1, List.of(token, x)), gradient);
    assertThat(single.reached()).containsExactly(1);
    assertThat(single.bookedInputs()).containsExactly(0);
    assertThat(single.booked(0).shape()).containsExactly(2, 1, 3);
    assertThat(single.booked(0).at(1, 0, 2)).isEqualTo(gradient.at(1, 0, 2));
  }

  @Test
  void theProductIsConserved() {
    Value a = single.active("a", RandomTensor.of(1, 2, 2), Shape.of(2, 2));
    Value b = single.active("b", RandomTensor.of(2, 2, 3), Shape.of(2, 3));
    DoubleTensor gradient = RandomTensor.of(3, 2, 5);
    single.propagate(
        new ConcatRule(), single.forward().concat("joined", 1, List.of(a, b)), gradient);
    double parts =
        SingleNode.dot(RandomTensor.of(1, 2, 2), single.sent(0))
            + SingleNode.dot(RandomTensor.of(2, 2, 3), single.sent(1));
    assertThat(parts).isCloseTo(SingleNode.dot(single.output(), gradient), within(1e-12));
  }
}
