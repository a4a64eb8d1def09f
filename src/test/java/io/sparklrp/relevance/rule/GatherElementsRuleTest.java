package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatherElementsRuleTest {
  private final SingleNode single = new SingleNode();
  private final DoubleTensor x = RandomTensor.of(1, 2, 3, 4);

  private void propagate(long axis, DoubleTensor gradient, long... indices) {
    long[] shape = Arrays.stream(gradient.shape()).asLongStream().toArray();
    Value index =
        single.forward().builder().initializer("index", Tensor.longs(shape, indices.clone()));
    Value picked =
        single
            .forward()
            .op(
                "picked",
                "GatherElements",
                Map.of("axis", Attribute.of(axis)),
                single.active("x", x),
                index);
    single.propagate(new GatherElementsRule(), picked, gradient);
  }

  /** What is picked twice gets both gradients, what is not picked gets nothing. */
  @ParameterizedTest
  @ValueSource(longs = {2, -1})
  void gradientsAreAddedUpWhereTheElementsCameFrom(long axis) {
    long[] indices = {0, 0, 3, 1, 2, 2, 2, 2, 2, 3, 0, 1, 1, 1, 0, 3, 3, 3};
    DoubleTensor gradient = RandomTensor.of(2, 2, 3, 3);
    propagate(axis, gradient, indices);
    DoubleTensor wanted = DoubleTensor.zeros(2, 3, 4);
    for (int i = 0; i < indices.length; i++) {
      wanted.data()[i / 3 * 4 + (int) indices[i]] += gradient.data()[i];
    }
    assertThat(single.sent(0).data()).containsExactly(wanted.data(), within(1e-12));
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
    assertThat(single.reached()).containsExactly(0);
  }

  @Test
  void otherAxesAreFollowed() {
    long[] indices = {2, 2, 0, 1, 0, 1, 0, 1};
    propagate(1, RandomTensor.of(2, 2, 1, 4), indices);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
  }

  @Test
  void theProductIsConserved() {
    DoubleTensor gradient = RandomTensor.of(2, 2, 3, 2);
    propagate(-1, gradient, 3, 3, 0, 1, 2, 0, 1, 1, 3, 2, 0, 0);
    assertThat(dot(single.sent(0), x)).isCloseTo(dot(gradient, single.output()), within(1e-12));
  }
}
