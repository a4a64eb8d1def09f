package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearRuleTest {
  private final SingleNode single = new SingleNode();
  private final DoubleTensor x = RandomTensor.of(1, 2, 5, 3);
  private final DoubleTensor gradient = RandomTensor.of(2, 2, 5, 4);

  @Test
  void matMulSendsTheGradientTimesTheTransposedWeight() {
    DoubleTensor w = RandomTensor.of(3, 3, 4);
    Value y = single.forward().matMul("y", single.active("x", x), single.constant("w", w));
    single.propagate(new LinearRule(), y, gradient);
    assertThat(single.sent(0).at(1, 2, 0))
        .isCloseTo(
            gradient.at(1, 2, 0) * w.at(0, 0)
                + gradient.at(1, 2, 1) * w.at(0, 1)
                + gradient.at(1, 2, 2) * w.at(0, 2)
                + gradient.at(1, 2, 3) * w.at(0, 3),
            within(1e-12));
    assertThat(dot(single.sent(0), x)).isCloseTo(dot(gradient, single.output()), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(floats = {1f, 0.25f})
  void weightThatIsStoredTransposedIsReadAsItIs(float alpha) {
    Value w = single.constant("w", RandomTensor.of(3, 4, 3));
    Value y = single.forward().fusedMatMul("y", single.active("x", x), false, w, true, alpha);
    single.propagate(new LinearRule(), y, gradient);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
  }

  @Test
  void constantOnTheLeftSendsToTheRight() {
    Value w = single.constant("w", RandomTensor.of(3, 5, 2));
    Value right = single.active("x", RandomTensor.of(4, 2, 4));
    Value y = single.forward().matMul("y", w, right);
    single.propagate(new LinearRule(), y, RandomTensor.of(5, 5, 4));
    assertThat(single.sent(1).data()).containsExactly(single.differences("x").data(), within(1e-8));
  }

  @Test
  void biasOfGemmIsBooked() {
    DoubleTensor left = RandomTensor.of(6, 2, 3);
    DoubleTensor bias = RandomTensor.of(7, 4);
    Value y =
        single
            .forward()
            .op(
                "y",
                "Gemm",
                Map.of("transB", Attribute.of(1L)),
                single.active("x", left),
                single.constant("w", RandomTensor.of(3, 4, 3)),
                single.constant("b", bias));
    DoubleTensor there = RandomTensor.of(8, 2, 4);
    single.propagate(new LinearRule(), y, there);
    assertThat(single.booked(2)).isEqualTo(there);
    double offset = 0;
    for (int i = 0; i < there.data().length; i++) {
      offset += there.data()[i] * bias.data()[i % 4];
    }
    assertThat(dot(single.sent(0), left) + offset)
        .isCloseTo(dot(there, single.output()), within(1e-12));
  }
}
