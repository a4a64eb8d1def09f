package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;

/** Apart from layers it is an addition like any other. */
class LayerBiasRuleTest {
  @Test
  void whatIsNoLayersBiasIsBooked() {
    SingleNode single = new SingleNode();
    DoubleTensor gradient = RandomTensor.of(2, 2, 3);
    Value x = single.active("x", RandomTensor.of(1, 2, 3));
    Value sum = single.forward().add("sum", x, single.constant("b", RandomTensor.of(3, 3)));
    single.propagate(new LayerBiasRule(), sum, gradient);
    assertThat(single.sent(0)).isEqualTo(gradient);
    assertThat(single.booked(1)).isEqualTo(gradient);
  }
}
