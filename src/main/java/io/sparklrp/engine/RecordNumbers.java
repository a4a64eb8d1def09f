package io.sparklrp.engine;

import java.util.Arrays;

/** Takes what one record has out of the numbers of a batch, without padding. */
sealed interface RecordNumbers {
  /**
   * A record's own.
   *
   * @param all of the batch, one record behind the other
   * @param at number of the record, or of a target of one
   * @param length its tokens
   */
  float[] of(float[] all, int at, int length);

  /**
   * One number for each token.
   *
   * @param width tokens that every record was padded to
   */
  record ByToken(int width) implements RecordNumbers {
    @Override
    public float[] of(float[] all, int at, int length) {
      return Arrays.copyOfRange(all, at * width, at * width + length);
    }
  }

  /**
   * One number for each pair of rows of each layer.
   *
   * @param layers how many there are
   * @param rows of a record, padding included
   * @param width tokens that every record was padded to; rows that are no tokens stand behind them
   */
  record ByPair(int layers, int rows, int width) implements RecordNumbers {
    @Override
    public float[] of(float[] all, int at, int length) {
      int own = rows == width ? length : rows;
      float[] found = new float[layers * own * own];
      for (int row = 0; row < layers * own; row++) {
        int from = ((at * layers + row / own) * rows + row % own) * rows;
        System.arraycopy(all, from, found, row * own, own);
      }
      return found;
    }
  }
}
