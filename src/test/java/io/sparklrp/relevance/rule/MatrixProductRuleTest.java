package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixProductRuleTest {
  private final SingleNode single = new SingleNode();
  private final DoubleTensor a = RandomTensor.of(1, 2, 5, 3);
  private final DoubleTensor b = RandomTensor.of(2, 2, 4, 3);
  private final DoubleTensor gradient = RandomTensor.of(3, 2, 5, 4);

  private void propagate(float share) {
    Value scores =
        single
            .forward()
            .fusedMatMul("scores", single.active("a", a), false, single.active("b", b), true, 0.5f);
    single.propagate(new MatrixProductRule(share), scores, gradient);
  }

  @Test
  void wholeShareIsTheGradientOfBothFactors() {
    propagate(1f);
    assertThat(single.sent(0).data()).containsExactly(single.differences("a").data(), within(1e-8));
    assertThat(single.sent(1).data()).containsExactly(single.differences("b").data(), within(1e-8));
  }

  @Test
  void halfAShareConservesTheProduct() {
    propagate(0.5f);
    double product = dot(gradient, single.output());
    assertThat(dot(single.sent(0), a)).isCloseTo(product / 2, within(1e-12));
    assertThat(dot(single.sent(1), b)).isCloseTo(product / 2, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void everyTranspositionIsFollowed(boolean transA, boolean transB) {
    Value left = single.active("a", RandomTensor.of(1, transA ? 3 : 5, transA ? 5 : 3));
    Value right = single.active("b", RandomTensor.of(2, transB ? 4 : 3, transB ? 3 : 4));
    Value y = single.forward().fusedMatMul("y", left, transA, right, transB, 2f);
    single.propagate(new MatrixProductRule(1f), y, RandomTensor.of(3, 5, 4));
    assertThat(single.sent(0).data()).containsExactly(single.differences("a").data(), within(1e-8));
    assertThat(single.sent(1).data()).containsExactly(single.differences("b").data(), within(1e-8));
  }
}
