package io.sparklrp.bench;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.pass.DeadCode;
import java.util.List;
import java.util.Map;

/**
 * The plain forward as exporters write it: weights of shape [in, out], so that ONNX Runtime packs
 * them once, instead of the transposed weights that forward and backward share.
 */
final class StandardForward {
  private StandardForward() {}

  static Graph of(Graph graph) {
    GraphBuilder builder = GraphBuilder.from(graph);
    for (Node node : graph.nodes()) {
      boolean isLinear =
          node.op().equals("FusedMatMul")
              && node.integer("transB", 0) == 1
              && graph.initializers().containsKey(node.input(1));
      if (isLinear) {
        String name = node.input(1) + ".transposed";
        builder.initializer(name, transposed(graph.initializers().get(node.input(1))));
        List<String> inputs = List.of(node.input(0), name);
        builder.replace(
            node.name(),
            new Node(node.name(), "MatMul", "", inputs, node.outputs(), Map.of(), node.scope()));
      }
    }
    return DeadCode.remove(builder.build(graph.outputs()));
  }

  private static Tensor transposed(Tensor weight) {
    int rows = Math.toIntExact(weight.shape()[0]);
    int columns = Math.toIntExact(weight.shape()[1]);
    float[] source = weight.toFloats();
    float[] values = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        values[j * rows + i] = source[i * columns + j];
      }
    }
    return Tensor.floats(new long[] {columns, rows}, values);
  }
}
