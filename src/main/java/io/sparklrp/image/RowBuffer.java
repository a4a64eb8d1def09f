package io.sparklrp.image;

import java.awt.image.DataBuffer;

/**
 * A picture's samples of which only one row is kept: the JDK's readers write one row after the
 * other, and each is passed on when the next one begins.
 */
final class RowBuffer extends DataBuffer {
  /** Rows are not written in their order: another Java's readers may do that. */
  static final class DisorderException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final DataBuffer row;
  private final int rowLength;
  private final int rows;
  private final Runnable whenFull;
  private int current;
  private int first;

  /**
   * A buffer.
   *
   * @param row room for one row
   * @param rows how many there are
   * @param whenFull what is done with each
   */
  RowBuffer(DataBuffer row, int rows, Runnable whenFull) {
    super(row.getDataType(), Math.multiplyExact(row.getSize(), rows));
    this.row = row;
    this.rowLength = row.getSize();
    this.rows = rows;
    this.whenFull = whenFull;
  }

  @Override
  public int getElem(int bank, int i) {
    return i - first < 0 || i - first >= rowLength ? 0 : row.getElem(i - first);
  }

  @Override
  public void setElem(int bank, int i, int value) {
    int at = i - first;
    if (at < 0) {
      throw new DisorderException();
    }
    while (at >= rowLength) {
      next();
      at -= rowLength;
    }
    row.setElem(at, value);
  }

  private void next() {
    whenFull.run();
    for (int i = 0; i < rowLength; i++) {
      row.setElem(i, 0);
    }
    current++;
    first += rowLength;
  }

  /** Passes on the last rows. */
  void finish() {
    while (current < rows) {
      whenFull.run();
      current++;
    }
  }
}
