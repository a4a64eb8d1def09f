package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.Map;

/** Zeros that gradients of picked elements are put into. */
final class Zeros {
  private Zeros() {}

  /** Zeros of the shape of a value. */
  static Value like(Ops ops, Value value) {
    Attribute zero = new Attribute.TensorValue(Tensor.floats(new long[] {1}, 0f));
    Value shape = ops.op("shape", "Shape", Map.of(), value);
    return ops.op("zeros", "ConstantOfShape", Map.of("value", zero), shape);
  }
}
