package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleRuleTest {
  private final SingleNode single = new SingleNode();
  private final DoubleTensor gradient = RandomTensor.of(3, 2, 3);
  private final DoubleTensor x = RandomTensor.of(1, 2, 3);
  private final Value c = single.constant("c", DoubleTensor.vector(0.5, -2, 3));

  @ParameterizedTest
  @CsvSource({"Mul,0", "Mul,1", "Div,0"})
  void constantFactorScalesTheGradient(String op, int active) {
    Value a = single.active("x", x);
    Value scaled =
        active == 0
            ? single.forward().op("scaled", op, Map.of(), a, c)
            : single.forward().op("scaled", op, Map.of(), c, a);
    single.propagate(new ScaleRule(), scaled, gradient);
    assertThat(single.sent(active).data())
        .containsExactly(single.differences("x").data(), within(1e-8));
    assertThat(dot(single.sent(active), x))
        .isCloseTo(dot(gradient, single.output()), within(1e-12));
    assertThat(single.bookedInputs()).as("a factor is not an additive constant").isEmpty();
  }
}
