package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordNumbersTest {
  /** Numbers that tell where they are: 1000 record + 100 layer + 10 row + column. */
  private static float[] pairs(int records, int layers, int rows) {
    float[] all = new float[records * layers * rows * rows];
    for (int i = 0; i < all.length; i++) {
      int column = i % rows;
      int row = i / rows % rows;
      int layer = i / (rows * rows) % layers;
      int record = i / (layers * rows * rows);
      all[i] = 1000 * record + 100 * layer + 10 * row + column;
    }
    return all;
  }

  @Test
  void ofTokensWithoutPadding() {
    float[] all = {1, 2, 3, 4, 5, 6};
    assertThat(new RecordNumbers.ByToken(3).of(all, 1, 2)).containsExactly(4, 5);
  }

  @Test
  void ofPairsWithoutPadding() {
    assertThat(new RecordNumbers.ByPair(2, 3, 3).of(pairs(2, 2, 3), 1, 2))
        .containsExactly(1000, 1001, 1010, 1011, 1100, 1101, 1110, 1111);
  }

  @Test
  void ofPairsWithRowsThatAreNoTokens() {
    float[] all = pairs(2, 1, 3);
    assertThat(new RecordNumbers.ByPair(1, 3, 2).of(all, 1, 2))
        .containsExactly(1000, 1001, 1002, 1010, 1011, 1012, 1020, 1021, 1022);
  }
}
