package io.sparklrp.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbabilityTest {
  private static float[] logits(long seed, int count, double scale) {
    Random random = new Random(seed);
    float[] logits = new float[count];
    for (int i = 0; i < count; i++) {
      logits[i] = (float) (scale * random.nextGaussian());
    }
    return logits;
  }

  private static double sum(Probability probability, float[] logits) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      sum += probability.of(logits, i);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1, 30, 1e4, 1e30})
  void softmaxAddsUpToOneAtAnyScale(double scale) {
    for (long seed = 0; seed < 20; seed++) {
      float[] logits = logits(seed, 7, scale);
      assertThat(sum(Probability.SOFTMAX, logits)).as("seed %d", seed).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void softmaxIsTheSameForShiftedLogits() {
    for (long seed = 0; seed < 20; seed++) {
      float[] logits = logits(seed, 5, 4);
      float[] shifted = logits.clone();
      for (int i = 0; i < shifted.length; i++) {
        shifted[i] = (float) (Math.round(logits[i] * 1024) / 1024.0);
        logits[i] = shifted[i] + 4096;
      }
      for (int i = 0; i < logits.length; i++) {
        assertThat(Probability.SOFTMAX.of(logits, i))
            .as("seed %d", seed)
            .isEqualTo(Probability.SOFTMAX.of(shifted, i));
      }
    }
  }

  @Test
  void softmaxOfTwoIsTheSigmoidOfTheirDifference() {
    float[] logits = {1.5f, -2f};
    assertThat(Probability.SOFTMAX.of(logits, 0))
        .isEqualTo(Probability.SIGMOID.of(new float[] {3.5f}, 0));
  }

  @Test
  void sigmoidsAreEachByThemselves() {
    float[] logits = {0, 1000, -1000, 2};
    assertThat(Probability.SIGMOID.of(logits, 0)).isEqualTo(.5f);
    assertThat(Probability.SIGMOID.of(logits, 1)).isEqualTo(1f);
    assertThat(Probability.SIGMOID.of(logits, 2)).isEqualTo(0f);
    assertThat(Probability.SIGMOID.of(logits, 3)).isEqualTo(.8807971f, within(1e-6f));
  }

  @Test
  void aNumberHasNoProbability() {
    assertThat(Probability.NONE.of(new float[] {3}, 0)).isNull();
  }
}
