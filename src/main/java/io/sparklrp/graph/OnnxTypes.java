package io.sparklrp.graph;

/** ONNX's numbers for element types, as the attribute {@code to} of {@code Cast} has them. */
public final class OnnxTypes {
  private OnnxTypes() {}

  /** The number of a type in ONNX's {@code TensorProto.DataType}. */
  public static int code(DataType type) {
    return switch (type) {
      case FLOAT32 -> 1;
      case UINT8 -> 2;
      case INT8 -> 3;
      case INT32 -> 6;
      case INT64 -> 7;
      case BOOL -> 9;
      case FLOAT64 -> 11;
    };
  }

  /** The type of a number. */
  public static DataType ofCode(long code) {
    for (DataType type : DataType.values()) {
      if (code(type) == code) {
        return type;
      }
    }
    throw new IllegalArgumentException("ONNX element type " + code + " is not supported");
  }
}
