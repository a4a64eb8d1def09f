package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PadRuleTest {
  private static final int CONSTANT = 2;
  private static final double FILL = 1.5;

  private final SingleNode single = new SingleNode();
  private final Ops ops = single.forward();

  private Value x() {
    return single.active(
        "x",
        RandomTensor.of(1, 2, 5, 3),
        Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(3)));
  }

  private Value padded(Value x, Value pads) {
    Value constant = single.constant("fill", DoubleTensor.of(new int[0], new double[] {FILL}));
    return ops.op("pad", "Pad", Map.of(), x, pads, constant);
  }

  /** What goes back is the gradient; it and the constant account for the whole output. */
  private void assertConserves(int... shape) {
    DoubleTensor gradient = RandomTensor.of(2, shape);
    assertThat(single.output().shape()).containsExactly(shape);
    DoubleTensor sent = single.sent(0);
    assertThat(sent.shape()).containsExactly(2, 5, 3);
    assertThat(sent.data()).containsExactly(single.differences("x").data(), within(1e-8));
    double whole = SingleNode.dot(single.output(), gradient);
    double flowed = SingleNode.dot(RandomTensor.of(1, 2, 5, 3), sent);
    double added = FILL * Arrays.stream(single.booked(CONSTANT).data()).sum();
    assertThat(flowed + added).isCloseTo(whole, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 1",
    "2, 0, 2",
    "1, 3, 2",
    "-1, 0, 1",
    "0, -2, 2",
    "-1, 2, 1",
    "2, -1, 1",
    "-2, -1, 1",
    "-1, -1, 2",
    "-4, 0, 1"
  })
  void anyPadsOfAnyAxisAreUndone(long before, long behind, int axis) {
    int[] shape = {2, 5, 3};
    shape[axis] += (int) (before + behind);
    long[] pads = new long[6];
    pads[axis] = before;
    pads[axis + 3] = behind;
    single.propagate(new PadRule(), padded(x(), ops.longs(pads)), RandomTensor.of(2, shape));
    assertConserves(shape);
  }

  @Test
  void severalAxesAreUndoneAtOnce() {
    Value value = padded(x(), ops.longs(0, 1, -1, 0, 0, 2));
    single.propagate(new PadRule(), value, RandomTensor.of(2, 2, 6, 4));
    assertConserves(2, 6, 4);
  }

  @Test
  void padsMayBeKnownOnlyWhenTheGraphRuns() {
    Value x = x();
    Value behind = ops.sub("behind", ops.longs(8), ops.dimension("length", x, 1));
    Value pads = ops.concat("pads", 0, List.of(ops.longs(0, 0, 0, 0), behind, ops.longs(0)));
    single.propagate(new PadRule(), padded(x, pads), RandomTensor.of(2, 2, 8, 3));
    assertConserves(2, 8, 3);
  }

  @Test
  void theConstantIsBookedWithTheGradientOfItsPlaces() {
    DoubleTensor gradient = RandomTensor.of(3, 2, 5, 5);
    single.propagate(new PadRule(), padded(x(), ops.longs(0, 0, 0, 0, 0, 2)), gradient);
    DoubleTensor booked = single.booked(CONSTANT);
    assertThat(booked.shape()).containsExactly(2, 5, 5);
    assertThat(booked.at(1, 4, 0)).isZero();
    assertThat(booked.at(1, 4, 3)).isEqualTo(gradient.at(1, 4, 3));
    assertThat(booked.at(0, 2, 4)).isEqualTo(gradient.at(0, 2, 4));
  }
}
