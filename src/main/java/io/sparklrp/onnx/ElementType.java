package io.sparklrp.onnx;

import ai.onnx.proto.OnnxMl;
import io.sparklrp.graph.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Element types of ONNX files, and what they become: floating-point numbers of any width become
 * float32, narrow whole numbers int32.
 */
enum ElementType {
  FLOAT(1, 4, DataType.FLOAT32),
  UINT8(2, 1, DataType.INT32),
  INT8(3, 1, DataType.INT32),
  UINT16(4, 2, DataType.INT32),
  INT16(5, 2, DataType.INT32),
  INT32(6, 4, DataType.INT32),
  INT64(7, 8, DataType.INT64),
  BOOL(9, 1, DataType.BOOL),
  FLOAT16(10, 2, DataType.FLOAT32),
  DOUBLE(11, 8, DataType.FLOAT32),
  UINT32(12, 4, DataType.INT64),
  UINT64(13, 8, DataType.INT64),
  BFLOAT16(16, 2, DataType.FLOAT32);

  private final int code;
  private final int bytes;
  private final DataType type;

  ElementType(int code, int bytes, DataType type) {
    this.code = code;
    this.bytes = bytes;
    this.type = type;
  }

  /** The type of ONNX's number; empty for strings, complex numbers and packed formats. */
  static Optional<ElementType> of(long code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Size of a stored element. */
  int bytes() {
    return bytes;
  }

  /** What it is in the graph. */
  DataType type() {
    return type;
  }

  private boolean isStoredAsUsed() {
    return this == FLOAT || this == INT32 || this == INT64 || this == BOOL || this == UINT64;
  }

  /** Stored elements, little-endian, as the graph has them. */
  ByteBuffer converted(ByteBuffer stored) {
    ByteBuffer from = stored.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (isStoredAsUsed()) {
      return from;
    }
    int count = from.remaining() / bytes;
    ByteBuffer to =
        ByteBuffer.allocate(Math.multiplyExact(count, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      put(from, to);
    }
    return to.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void put(ByteBuffer from, ByteBuffer to) {
    switch (this) {
      case FLOAT16 -> to.putFloat(fromHalf(from.getShort()));
      case BFLOAT16 -> to.putFloat(Float.intBitsToFloat(from.getShort() << 16));
      case DOUBLE -> to.putFloat((float) from.getDouble());
      case UINT8 -> to.putInt(from.get() & 0xff);
      case INT8 -> to.putInt(from.get());
      case UINT16 -> to.putInt(from.getShort() & 0xffff);
      case INT16 -> to.putInt(from.getShort());
      case UINT32 -> to.putLong(from.getInt() & 0xffffffffL);
      default -> throw new IllegalStateException(name());
    }
  }

  /** The elements that a tensor holds in the field of its type, as they would be stored. */
  ByteBuffer typed(OnnxMl.TensorProto tensor) {
    int count = typedCount(tensor);
    ByteBuffer data =
        ByteBuffer.allocate(Math.multiplyExact(count, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      switch (this) {
        case FLOAT -> data.putFloat(tensor.getFloatData(i));
        case DOUBLE -> data.putDouble(tensor.getDoubleData(i));
        case INT64 -> data.putLong(tensor.getInt64Data(i));
        case UINT64 -> data.putLong(tensor.getUint64Data(i));
        case UINT32 -> data.putInt((int) tensor.getUint64Data(i));
        case INT32 -> data.putInt(tensor.getInt32Data(i));
        case UINT16, INT16, FLOAT16, BFLOAT16 -> data.putShort((short) tensor.getInt32Data(i));
        case UINT8, INT8, BOOL -> data.put((byte) tensor.getInt32Data(i));
      }
    }
    return data.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  private int typedCount(OnnxMl.TensorProto tensor) {
    return switch (this) {
      case FLOAT -> tensor.getFloatDataCount();
      case DOUBLE -> tensor.getDoubleDataCount();
      case INT64 -> tensor.getInt64DataCount();
      case UINT32, UINT64 -> tensor.getUint64DataCount();
      default -> tensor.getInt32DataCount();
    };
  }

  /** IEEE 754 binary16, subnormal numbers included. */
  private static float fromHalf(short bits) {
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
