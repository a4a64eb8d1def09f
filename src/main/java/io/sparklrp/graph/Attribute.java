package io.sparklrp.graph;

import java.util.List;

/**
 * The value of a node's attribute, one record for each ONNX attribute type that the project uses.
 */
public sealed interface Attribute {
  /** A whole number (ONNX {@code INT}). */
  record LongValue(long value) implements Attribute {}

  /** A number (ONNX {@code FLOAT}). */
  record FloatValue(float value) implements Attribute {}

  /** Whole numbers (ONNX {@code INTS}). */
  record LongsValue(List<Long> values) implements Attribute {
    /** Copies. */
    public LongsValue {
      values = List.copyOf(values);
    }
  }

  /** Numbers (ONNX {@code FLOATS}). */
  record FloatsValue(List<Float> values) implements Attribute {
    /** Copies. */
    public FloatsValue {
      values = List.copyOf(values);
    }
  }

  /** Text (ONNX {@code STRING}). */
  record StringValue(String value) implements Attribute {}

  /** A tensor (ONNX {@code TENSOR}). */
  record TensorValue(Tensor value) implements Attribute {}

  /** A graph that an operator runs itself (ONNX {@code GRAPH}), such as the body of a Scan. */
  record GraphValue(Graph value) implements Attribute {}

  /** A whole number. */
  static Attribute of(long value) {
    return new LongValue(value);
  }

  /** A number. */
  static Attribute of(float value) {
    return new FloatValue(value);
  }

  /** Whole numbers. */
  static Attribute of(List<Long> values) {
    return new LongsValue(values);
  }

  /** Text. */
  static Attribute of(String value) {
    return new StringValue(value);
  }
}
