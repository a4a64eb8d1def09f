package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import java.util.function.DoubleBinaryOperator;

/** Compares two elements; gives truth values. */
class Comparison extends Binary {
  /** A comparison, as 1 and 0. */
  Comparison(String name, DoubleBinaryOperator function) {
    super(name, function);
  }

  @Override
  final DataType type(OpInputs in) {
    return DataType.BOOL;
  }
}
