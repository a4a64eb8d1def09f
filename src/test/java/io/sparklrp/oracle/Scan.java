package io.sparklrp.oracle;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Scan without state: its body once for each element of the inputs' first axis. */
final class Scan {
  private Scan() {}

  static List<DoubleTensor> run(Node node, Map<String, DoubleTensor> around) {
    Graph body = ((Attribute.GraphValue) node.attributes().get("body")).value();
    int steps = around.get(node.input(0)).shape()[0];
    List<List<DoubleTensor>> results = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      Map<String, DoubleTensor> inputs = new HashMap<>(around);
      for (int i = 0; i < node.inputs().size(); i++) {
        inputs.put(body.inputs().get(i).name(), element(around.get(node.input(i)), step));
      }
      Map<String, DoubleTensor> values = Interpreter.run(body, inputs);
      results.add(body.outputs().stream().map(Value::name).map(values::get).toList());
    }
    List<DoubleTensor> outputs = new ArrayList<>();
    for (int i = 0; i < body.outputs().size(); i++) {
      int index = i;
      outputs.add(stacked(results.stream().map(step -> step.get(index)).toList()));
    }
    return outputs;
  }

  private static DoubleTensor element(DoubleTensor tensor, int index) {
    int[] shape = Arrays.copyOfRange(tensor.shape(), 1, tensor.rank());
    int size = DoubleTensor.size(shape);
    return new DoubleTensor(
        shape, Arrays.copyOfRange(tensor.data(), index * size, (index + 1) * size));
  }

  private static DoubleTensor stacked(List<DoubleTensor> parts) {
    int[] one = parts.get(0).shape();
    int[] shape = new int[one.length + 1];
    shape[0] = parts.size();
    System.arraycopy(one, 0, shape, 1, one.length);
    DoubleTensor result = DoubleTensor.zeros(shape);
    for (int i = 0; i < parts.size(); i++) {
      double[] data = parts.get(i).data();
      System.arraycopy(data, 0, result.data(), i * data.length, data.length);
    }
    return result;
  }
}
