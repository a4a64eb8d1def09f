package io.sparklrp.graph.op;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** {@code Scan} without state: each output of its body, once for every step. */
final class Scan extends Operator {
  Scan() {
    super("Scan");
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    if (!(in.node().attributes().get("body") instanceof Attribute.GraphValue body)
        || body.value().inputs().size() != in.node().inputs().size()) {
      throw new IllegalArgumentException("only a Scan without state is supported");
    }
    List<ValueType> outputs = new ArrayList<>();
    for (Value output : body.value().outputs()) {
      List<Dim> dims = new ArrayList<>(output.shape().dims());
      dims.add(0, in.shape(0).dim(0));
      outputs.add(new ValueType(output.type(), new Shape(dims)));
    }
    return outputs;
  }
}
