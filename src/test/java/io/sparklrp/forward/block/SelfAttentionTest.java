package io.sparklrp.forward.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.RandomTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attention with its mask against the formula, one head and one query after the other. */
class SelfAttentionTest {
  private static final int BATCH = 2;
  private static final int LENGTH = 5;

  private static DoubleTensor computed(
      int heads, DoubleTensor q, DoubleTensor k, DoubleTensor v, DoubleTensor mask) {
    GraphBuilder builder = new GraphBuilder("attention");
    Ops ops = new Ops(builder, "a", "layer.0");
    Dim batch = Dim.symbol("batch");
    Dim sequence = Dim.symbol("sequence");
    Shape shape = Shape.of(batch, sequence, Dim.of(q.shape()[2]));
    Value query = builder.input("q", DataType.FLOAT32, shape);
    Value key = builder.input("k", DataType.FLOAT32, shape);
    Value value = builder.input("v", DataType.FLOAT32, shape);
    Value real = builder.input("mask", DataType.INT64, Shape.of(batch, sequence));
    Value scoreMask = AttentionMask.apply(ops, real);
    Value context =
        SelfAttention.of(query.shape().dim(-1).size(), heads)
            .apply(ops, query, key, value, List.of(scoreMask));
    assertThat(context.shape()).isEqualTo(shape);
    return Interpreter.run(
            builder.build(List.of(context)), Map.of("q", q, "k", k, "v", v, "mask", mask))
        .get(context.name());
  }

  private static DoubleTensor mask(int first, int second) {
    DoubleTensor mask = DoubleTensor.zeros(BATCH, LENGTH);
    for (int t = 0; t < LENGTH; t++) {
      mask.data()[t] = t < first ? 1 : 0;
      mask.data()[LENGTH + t] = t < second ? 1 : 0;
    }
    return mask;
  }

  /** Sum over unmasked s of softmax(q_t . k_s / sqrt(size)) v_s, of one head. */
  private static double formula(
      DoubleTensor q,
      DoubleTensor k,
      DoubleTensor v,
      DoubleTensor mask,
      int size,
      int b,
      int t,
      int column) {
    int from = column / size * size;
    double sum = 0;
    double total = 0;
    for (int s = 0; s < LENGTH; s++) {
      double score = 0;
      for (int j = from; j < from + size; j++) {
        score += q.at(b, t, j) * k.at(b, s, j);
      }
      double weight = mask.at(b, s) * Math.exp(score / Math.sqrt(size));
      sum += weight * v.at(b, s, column);
      total += weight;
    }
    return sum / total;
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 4", "3, 1", "4, 2"})
  void isTheFormula(int heads, int size) {
    int hidden = heads * size;
    DoubleTensor q = RandomTensor.of(61, BATCH, LENGTH, hidden);
    DoubleTensor k = RandomTensor.of(62, BATCH, LENGTH, hidden);
    DoubleTensor v = RandomTensor.of(63, BATCH, LENGTH, hidden);
    DoubleTensor mask = mask(LENGTH, 2);
    DoubleTensor context = computed(heads, q, k, v, mask);
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < LENGTH; t++) {
        for (int j = 0; j < hidden; j++) {
          // The scale is a float32 constant.
          assertThat(context.at(b, t, j))
              .as("record %d, token %d, column %d, seeds 61 to 63", b, t, j)
              .isCloseTo(formula(q, k, v, mask, size, b, t, j), within(1e-6));
        }
      }
    }
  }

  /** However large its score is: what is added is float32's lowest number. */
  @Test
  void paddingIsNotAttendedToAtAll() {
    DoubleTensor q = RandomTensor.of(71, BATCH, LENGTH, 4);
    DoubleTensor k = RandomTensor.of(72, BATCH, LENGTH, 4);
    DoubleTensor v = RandomTensor.of(73, BATCH, LENGTH, 4);
    DoubleTensor before = computed(2, q, k, v, mask(3, 4));
    for (int j = 0; j < 4; j++) {
      k.data()[3 * 4 + j] = 1e6 * q.data()[j];
      v.data()[3 * 4 + j] = 1e30;
    }
    assertThat(computed(2, q, k, v, mask(3, 4)).data()).containsExactly(before.data());
  }
}
