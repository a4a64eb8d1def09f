package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;

/** {@code QuantizeLinear}: x / scale, rounded, plus a zero point, whose type the output has. */
final class QuantizeLinear extends Elementwise {
  private static final int ZERO_POINT = 2;

  QuantizeLinear() {
    super("QuantizeLinear");
  }

  @Override
  DataType type(OpInputs in) {
    return in.type(ZERO_POINT);
  }
}
