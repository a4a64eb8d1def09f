package io.sparklrp.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs of a record: each distinct one once. */
class PerturbationsTest {
  @Test
  void theRecordAsItIsComesFirst() {
    Perturbations runs = new Perturbations(3);
    int[] pruning = runs.pruning(0.3, -0.1, 0.2);
    assertThat(pruning[0]).isEqualTo(Perturbations.WHOLE);
    assertThat(runs.runs().get(Perturbations.WHOLE)).containsOnly(0f);
    assertThat(runs.runs().get(pruning[10])).containsOnly(1f);
  }

  @Test
  void activationEndsWithTheWholeRecordAndBeginsWithNothing() {
    Perturbations runs = new Perturbations(4);
    int[] activation = runs.activation(1, 2, 3, 4);
    assertThat(activation[10]).isEqualTo(Perturbations.WHOLE);
    assertThat(runs.runs().get(activation[0])).containsExactly(1, 1, 1, 1);
    assertThat(runs.runs().get(activation[1])).containsExactly(1, 1, 1, 0); // the highest is back
  }

  @Test
  void equalRunsOfSeveralMethodsAreOne() {
    Perturbations runs = new Perturbations(7);
    double[] relevance = {0.1, 0.5, -0.3, 0.2, 0, 0.7, -0.9};
    int[] first = runs.activation(relevance);
    int before = runs.size();
    assertThat(runs.activation(relevance)).isEqualTo(first);
    assertThat(runs.size()).isEqualTo(before);
    assertThat(runs.asked()).isEqualTo(22);
  }

  @Test
  void eachTokenIsReplacedAlone() {
    Perturbations runs = new Perturbations(3);
    int[] alone = runs.eachAlone();
    List<float[]> shares = runs.runs();
    assertThat(shares.get(alone[0])).containsExactly(1, 0, 0);
    assertThat(shares.get(alone[1])).containsExactly(0, 1, 0);
    assertThat(shares.get(alone[2])).containsExactly(0, 0, 1);
  }

  @Test
  void noTwoRunsAreTheSame() {
    long seed = 20;
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int tokens = 1 + random.nextInt(40);
      Perturbations runs = new Perturbations(tokens);
      for (int method = 0; method < 5; method++) {
        double[] relevance = random.doubles(tokens, -1, 1).toArray();
        runs.activation(relevance);
        runs.pruning(relevance);
      }
      runs.eachAlone();
      assertThat(runs.runs()).as("seed %d", seed).doesNotHaveDuplicates().hasSize(runs.size());
      assertThat(runs.runs().stream().map(java.util.Arrays::toString).distinct().count())
          .isEqualTo(runs.size());
    }
  }
}
