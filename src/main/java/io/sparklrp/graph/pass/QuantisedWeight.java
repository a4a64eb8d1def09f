package io.sparklrp.graph.pass;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A weight in whole numbers of eight bits, as the second factor of a product: each column, a
 * channel of the product's output, has a scale of its own.
 *
 * @param numbers int8 [in, out], made when asked for
 * @param scales float32 [out]: what one step of a column's numbers is
 */
record QuantisedWeight(Tensor numbers, Tensor scales) {
  /**
   * A weight.
   *
   * @param weight float32 [in, out], or [out, in] where it is turned
   * @param isTurned whether the product is with W'
   * @param largest the largest number that is used
   */
  static QuantisedWeight of(Tensor weight, boolean isTurned, int largest) {
    Columns columns = new Columns(weight, isTurned, largest);
    float[] scales = columns.scales();
    long[] shape = {columns.in, columns.out};
    return new QuantisedWeight(
        Tensor.of(DataType.INT8, shape, () -> columns.numbers(scales)),
        Tensor.floats(new long[] {columns.out}, scales));
  }

  /** The columns of a weight, as it is stored. */
  private static final class Columns {
    private final Tensor weight;
    private final int largest;
    private final int in;
    private final int out;
    private final int inStep;
    private final int outStep;

    Columns(Tensor weight, boolean isTurned, int largest) {
      this.weight = weight;
      this.largest = largest;
      int rows = Math.toIntExact(weight.shape()[0]);
      int columns = Math.toIntExact(weight.shape()[1]);
      this.in = isTurned ? columns : rows;
      this.out = isTurned ? rows : columns;
      this.inStep = isTurned ? 1 : columns;
      this.outStep = isTurned ? columns : 1;
    }

    /** Of a column of zeros it is 1. */
    float[] scales() {
      float[] elements = weight.toFloats();
      float[] scales = new float[out];
      for (int column = 0; column < out; column++) {
        float most = 0;
        for (int row = 0; row < in; row++) {
          most = Math.max(most, Math.abs(elements[row * inStep + column * outStep]));
        }
        scales[column] = most == 0 ? 1 : most / largest;
      }
      return scales;
    }

    ByteBuffer numbers(float... scales) {
      float[] elements = weight.toFloats();
      byte[] numbers = new byte[elements.length];
      for (int column = 0; column < out; column++) {
        for (int row = 0; row < in; row++) {
          float number = elements[row * inStep + column * outStep] / scales[column];
          numbers[row * out + column] = (byte) Math.round(number);
        }
      }
      return ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
