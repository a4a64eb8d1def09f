package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceRuleTest {
  private final SingleNode single = new SingleNode();
  private final Ops ops = single.forward();

  private Value x() {
    return single.active(
        "x",
        RandomTensor.of(1, 2, 5, 3),
        Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(3)));
  }

  @Test
  void rowsThatWereCutOffGetZero() {
    DoubleTensor gradient = RandomTensor.of(2, 2, 1, 3);
    single.propagate(
        new SliceRule(), ops.slice("rows", x(), 1, ops.longs(0), ops.longs(1)), gradient);
    DoubleTensor sent = single.sent(0);
    assertThat(sent.shape()).containsExactly(2, 5, 3);
    assertThat(sent.data()).containsExactly(single.differences("x").data(), within(1e-8));
    assertThat(sent.at(1, 0, 2)).isEqualTo(gradient.at(1, 0, 2));
    assertThat(sent.at(1, 4, 2)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 2", "-1, 9223372036854775807, 1", "-2, -1, 1", "2, 99, 3", "-9, 2, 2"})
  void anyRangeGoesBackToItsPlace(long start, long end, int kept) {
    Value rows = ops.slice("rows", x(), 1, ops.longs(start), ops.longs(end));
    single.propagate(new SliceRule(), rows, RandomTensor.of(2, 2, kept, 3));
    assertThat(single.sent(0).shape()).containsExactly(2, 5, 3);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
  }

  @Test
  void severalAxesAreCutAtOnce() {
    Value part =
        ops.op("part", "Slice", Map.of(), x(), ops.longs(1, -2), ops.longs(4, 3), ops.longs(1, -1));
    single.propagate(new SliceRule(), part, RandomTensor.of(2, 2, 3, 2));
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
  }

  @Test
  void startsMayBeKnownOnlyWhenTheGraphRuns() {
    Value x = x();
    Value start = ops.sub("start", ops.dimension("length", x, 1), ops.longs(7));
    Value rows = ops.slice("rows", x, 1, start, ops.longs(Long.MAX_VALUE));
    single.propagate(new SliceRule(), rows, RandomTensor.of(2, 2, 2, 3));
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 9223372036854775807, 2, 3",
    "1, 9223372036854775807, 2, 2",
    "1, 4, 3, 1",
    "-4, 99, 3, 2",
    "-1, -9223372036854775807, -1, 5",
    "99, -99, -2, 3",
    "3, 0, -2, 2",
    "-2, -6, -3, 2"
  })
  void anyStepGoesBackToItsPlaces(long start, long end, long step, int kept) {
    for (int axis = 0; axis < 3; axis++) {
      SingleNode single = new SingleNode();
      DoubleTensor square = RandomTensor.of(3, 5, 5, 5);
      Shape open = Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(5));
      Value rows = stepped(single, single.active("x", square, open), axis, start, end, step);
      int[] shape = {5, 5, 5};
      shape[axis] = kept;
      single.propagate(new SliceRule(), rows, RandomTensor.of(4, shape));
      assertThat(single.output().shape()).containsExactly(shape);
      assertThat(single.sent(0).shape()).containsExactly(5, 5, 5);
      assertThat(single.sent(0).data())
          .containsExactly(single.differences("x").data(), within(1e-8));
    }
  }

  private static Value stepped(
      SingleNode single, Value x, int axis, long start, long end, long step) {
    Ops ops = single.forward();
    Value[] inputs = {x, ops.longs(start), ops.longs(end), ops.longs(axis), ops.longs(step)};
    return ops.op("stepped", "Slice", Map.of(), inputs);
  }

  @Test
  void severalAxesHaveTheirOwnSteps() {
    Value[] inputs = {x(), ops.longs(4, 0), ops.longs(0, 3), ops.longs(1, -1), ops.longs(-2, 2)};
    Value part = ops.op("part", "Slice", Map.of(), inputs);
    single.propagate(new SliceRule(), part, RandomTensor.of(2, 2, 2, 2));
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
  }
}
