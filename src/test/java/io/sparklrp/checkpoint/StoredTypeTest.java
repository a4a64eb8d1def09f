package io.sparklrp.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Every pattern of 16 bits against the definition of its format, in double precision. */
class StoredTypeTest {
  private static final int PATTERNS = 1 << 16;

  private static float[] decoded(StoredType type) {
    ByteBuffer stored = ByteBuffer.allocate(2 * PATTERNS).order(ByteOrder.LITTLE_ENDIAN);
    for (int bits = 0; bits < PATTERNS; bits++) {
      stored.putShort((short) bits);
    }
    float[] values = new float[PATTERNS];
    type.toFloat32(stored.flip()).asFloatBuffer().get(values);
    return values;
  }

  /** (-1)^sign 2^(exponent - bias) (1 + fraction / 2^width), or its subnormal form. */
  private static double defined(int bits, int width) {
    int largest = (1 << (15 - width)) - 1;
    int bias = largest / 2;
    int exponent = (bits >> width) & largest;
    double fraction = (bits & ((1 << width) - 1)) / (double) (1 << width);
    double sign = bits >= PATTERNS / 2 ? -1 : 1;
    if (exponent == largest) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * fraction * Math.pow(2, 1 - bias)
        : sign * (1 + fraction) * Math.pow(2, exponent - bias);
  }

  private static void compare(StoredType type, int width) {
    float[] values = decoded(type);
    for (int bits = 0; bits < PATTERNS; bits++) {
      // Double.compare tells signed zeros apart, and takes every NaN for the same.
      assertThat(Double.compare(values[bits], defined(bits, width)))
          .as("%s %04x: %s", type, bits, values[bits])
          .isZero();
    }
  }

  @Test
  void halvesAreReadAsDefined() {
    compare(StoredType.F16, 10);
  }

  @Test
  void brainFloatsAreReadAsDefined() {
    compare(StoredType.BF16, 7);
  }

  @Test
  void floatsAreLeftAsTheyAre() {
    ByteBuffer stored = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    stored.putFloat(-0.0f).putFloat(Float.MIN_VALUE).flip();
    assertThat(StoredType.F32.toFloat32(stored)).isSameAs(stored);
  }

  @Test
  void otherTypesAreNotRead() {
    assertThat(StoredType.of("F64")).isNull();
    assertThat(StoredType.of("f32")).isNull();
  }
}
