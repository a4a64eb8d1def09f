package io.sparklrp.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenthsTest {
  private static BitSet set(int... tokens) {
    BitSet set = new BitSet();
    for (int token : tokens) {
      set.set(token);
    }
    return set;
  }

  @Test
  void highestRelevanceIsPutBackFirst() {
    List<BitSet> replaced = Tenths.activation(0.5, -2, 3);
    assertThat(replaced.get(0)).isEqualTo(set(0, 1, 2));
    assertThat(replaced.get(1)).isEqualTo(set(0, 1));
    assertThat(replaced.get(4)).isEqualTo(set(1));
    assertThat(replaced.get(10)).isEqualTo(set());
  }

  @Test
  void smallestRelevanceIsTakenAwayFirstWhateverItsSign() {
    List<BitSet> replaced = Tenths.pruning(0.5, -2, 3);
    assertThat(replaced.get(0)).isEqualTo(set());
    assertThat(replaced.get(1)).isEqualTo(set(0));
    assertThat(replaced.get(4)).isEqualTo(set(0, 1));
    assertThat(replaced.get(10)).isEqualTo(set(0, 1, 2));
  }

  @Test
  void tiesGoInOrder() {
    assertThat(Tenths.activation(1, 1, 1, 1).get(5)).isEqualTo(set(2, 3));
    assertThat(Tenths.pruning(1, -1, 1, -1).get(5)).isEqualTo(set(0, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 10, 11, 57})
  void eachPointReplacesMoreOrFewer(int tokens) {
    double[] relevance = new Random(tokens).doubles(tokens, -1, 1).toArray();
    List<BitSet> activation = Tenths.activation(relevance);
    List<BitSet> pruning = Tenths.pruning(relevance);
    for (int point = 0; point < Tenths.POINTS; point++) {
      int count = (int) Math.ceil(point * tokens / 10.0 - 1e-9);
      assertThat(pruning.get(point).cardinality()).isEqualTo(count);
      assertThat(activation.get(point).cardinality()).isEqualTo(tokens - count);
    }
  }
}
