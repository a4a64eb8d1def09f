package io.sparklrp.graph.pass;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * One more element at the end of each head, in constants whose elements are those of all heads.
 *
 * @param heads how many there are
 * @param size elements of one, without the further one
 */
record HeadElement(int heads, int size) {

  /** Elements of all heads. */
  int width() {
    return heads * (size + 1);
  }

  /**
   * A weight that gives 0 there, made when it is asked for.
   *
   * @param weight float32 [in, elements], or [elements, in] where it is turned
   */
  Tensor weight(Tensor weight, boolean isTurned) {
    long[] shape = weight.shape();
    shape[isTurned ? 0 : 1] = width();
    int inner = isTurned ? (int) shape[1] : 1;
    return Tensor.of(DataType.FLOAT32, shape, () -> widened(weight, inner));
  }

  /** Each run of a head's numbers, and zeros behind it. */
  private ByteBuffer widened(Tensor weight, int inner) {
    float[] from = weight.toFloats();
    int head = size * inner;
    int runs = from.length / head;
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(runs, (head + inner) * Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer to = bytes.asFloatBuffer();
    for (int run = 0; run < runs; run++) {
      to.position(run * (head + inner));
      to.put(from, run * head, head);
    }
    return bytes;
  }

  /**
   * A bias that has a number there.
   *
   * @param bias of all heads; null for zeros
   */
  Tensor bias(Tensor bias, float number) {
    float[] from = bias == null ? new float[heads * size] : bias.toFloats();
    float[] to = new float[width()];
    Arrays.fill(to, number);
    for (int head = 0; head < heads; head++) {
      System.arraycopy(from, head * size, to, head * (size + 1), size);
    }
    return Tensor.floats(new long[] {to.length}, to);
  }
}
