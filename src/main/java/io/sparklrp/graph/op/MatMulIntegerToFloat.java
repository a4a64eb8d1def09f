package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Node;
import java.util.List;

/**
 * ONNX Runtime's product of whole numbers of eight bits, less their zero points, times the scales
 * of both: {@code MatMulIntegerToFloat(a, b, scale of a, scales of b, zero point of a)}.
 */
final class MatMulIntegerToFloat extends Operator {
  private final Operator product = new MatrixProduct("MatMul");

  MatMulIntegerToFloat() {
    super(Node.MICROSOFT + ".MatMulIntegerToFloat", Trait.MATRIX_PRODUCT, Trait.SUMMING);
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    ValueType whole = product.outputs(in).get(0);
    return List.of(new ValueType(DataType.FLOAT32, whole.shape()));
  }

  @Override
  public List<InputAxis> mixedAxes(OpInputs in) {
    return product.mixedAxes(in);
  }
}
