package io.sparklrp.explain.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.engine.SampleRecords;
import io.sparklrp.model.Procedure;
import io.sparklrp.record.EncodedText;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttentionFlowTest {
  private static final int ROWS = 6;

  /** Attention weights of rows that add up to 1. */
  private static float[] weights(int layers, long seed) {
    Random random = new Random(seed);
    float[] weights = new float[layers * ROWS * ROWS];
    for (int row = 0; row < layers * ROWS; row++) {
      double sum = 0;
      double[] one = random.doubles(ROWS).toArray();
      for (double weight : one) {
        sum += weight;
      }
      for (int to = 0; to < ROWS; to++) {
        weights[row * ROWS + to] = (float) (one[to] / sum);
      }
    }
    return weights;
  }

  private static double sum(float[] numbers) {
    return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void normalisedFlowsOfEachRowAddUpToOne(int layers) {
    float[] flows = AttentionFlow.of(new Procedure.Flow(layers, true), weights(layers, 5), ROWS);
    assertThat(sum(flows)).isCloseTo(ROWS, within(1e-5));
  }

  /** Through one layer the flow is the weight itself: the columns of (P + I) / 2. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void throughOneLayerItIsTheWeight(long seed) {
    float[] weights = weights(1, seed);
    float[] flows = AttentionFlow.of(new Procedure.Flow(1, false), weights, ROWS);
    for (int token = 0; token < ROWS; token++) {
      double expected = 0.5;
      for (int row = 0; row < ROWS; row++) {
        expected += weights[row * ROWS + token] / 2;
      }
      assertThat((double) flows[token]).isCloseTo(expected, within(1e-6));
    }
  }

  /** Rows behind the tokens, such as an image's class token, pass flows on and get none. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void rowsBehindTheTokensHaveNoNumber(int layers) {
    float[] weights = weights(layers, 8);
    float[] all = AttentionFlow.of(new Procedure.Flow(layers, false), weights, ROWS);
    float[] some = AttentionFlow.of(new Procedure.Flow(layers, false), weights, ROWS - 1);
    assertThat(some).hasSize(ROWS - 1);
    for (int token = 0; token < some.length; token++) {
      assertThat(some[token]).isEqualTo(all[token]);
    }
  }

  @Test
  void longerRecordsThanItIsComputedForAreErrors() {
    EncodedText most = SampleRecords.text(new long[AttentionFlow.MOST_TOKENS]);
    EncodedText more = SampleRecords.text(new long[AttentionFlow.MOST_TOKENS + 1]);
    assertThat(AttentionFlow.refusal(most)).isEmpty();
    assertThat(AttentionFlow.refusal(more))
        .hasValueSatisfying(
            error -> {
              assertThat(error.kind()).isEqualTo("length");
              assertThat(error).hasMessageContaining("at most 128 tokens, and the record has 129");
            });
  }
}
