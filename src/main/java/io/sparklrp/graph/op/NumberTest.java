package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;

/** {@code IsNaN} and {@code IsInf}: what kind of number each element is. */
final class NumberTest extends Elementwise {
  NumberTest(String name) {
    super(name);
  }

  @Override
  DataType type(OpInputs in) {
    return DataType.BOOL;
  }
}
