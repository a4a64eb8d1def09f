package io.sparklrp.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Element types of safetensors that are read as float32. */
enum StoredType {
  /** binary32: used as it is. */
  F32 {
    @Override
    ByteBuffer toFloat32(ByteBuffer stored) {
      return stored;
    }
  },
  /** binary16. */
  F16 {
    @Override
    ByteBuffer toFloat32(ByteBuffer stored) {
      return convert(stored, StoredType::fromHalf);
    }
  },
  /** The upper half of binary32. */
  BF16 {
    @Override
    ByteBuffer toFloat32(ByteBuffer stored) {
      return convert(stored, bits -> Float.intBitsToFloat(bits << 16));
    }
  };

  /** A float of 16 bits. */
  private interface Decoder {
    float decode(short bits);
  }

  /** Reads stored elements, little-endian, as float32. */
  abstract ByteBuffer toFloat32(ByteBuffer stored);

  /** The type of a name; null where it is not read. */
  static StoredType of(String name) {
    return switch (name) {
      case "F32" -> F32;
      case "F16" -> F16;
      case "BF16" -> BF16;
      default -> null;
    };
  }

  private static ByteBuffer convert(ByteBuffer stored, Decoder decoder) {
    ByteBuffer floats =
        ByteBuffer.allocate(Math.multiplyExact(stored.remaining(), 2))
            .order(ByteOrder.LITTLE_ENDIAN);
    while (stored.hasRemaining()) {
      floats.putFloat(decoder.decode(stored.getShort()));
    }
    return floats.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** IEEE 754 binary16, subnormal numbers included. */
  static float fromHalf(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
