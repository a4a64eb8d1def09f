package io.sparklrp.graph.op;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code ConstantOfShape}. */
final class ConstantOfShape extends Operator {
  ConstantOfShape() {
    super("ConstantOfShape");
  }

  private static Optional<Tensor> value(Node node) {
    return node.attributes().get("value") instanceof Attribute.TensorValue set
        ? Optional.of(set.value())
        : Optional.empty();
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    Optional<Tensor> value = value(in.node());
    if (value.isPresent() && value.get().size() != 1) {
      throw new IllegalArgumentException("its value is not one number");
    }
    DataType type = value.map(Tensor::type).orElse(DataType.FLOAT32);
    return List.of(new ValueType(type, new Shape(in.dims(0))));
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return value(in.node()).flatMap(SizeVectors::of).map(all -> SizeVectors.repeated(all, count));
  }

  @Override
  public Optional<double[]> fold(Folding constants) {
    double[] result = new double[constants.count()];
    Arrays.fill(result, value(constants.node()).map(set -> set.toDoubles()[0]).orElse(0.0));
    return Optional.of(result);
  }

  @Override
  public List<Integer> sizeInputs() {
    return List.of(0);
  }

  @Override
  public boolean readsAsShape(OpInputs in, int input) {
    return input == 0;
  }
}
