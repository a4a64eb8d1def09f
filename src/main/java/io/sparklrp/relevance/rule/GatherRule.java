package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Gather of activations by indices that do not depend on the embeddings: each gradient is added
 * where its element came from.
 */
public final class GatherRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Value x = backward.input(node, 0);
    int axis = x.shape().axis(node.integer("axis", 0));
    int picked = backward.input(node, 1).rank();
    Value rows = ops.reshape("indices", backward.input(node, 1), -1);
    Value gradient = flat(ops, backward.gradient(node), axis, picked);
    long[] others = LongStream.range(0, x.rank()).filter(other -> other != axis).toArray();
    Value column = others.length == 0 ? rows : ops.unsqueeze("column", rows, others);
    Value shape = ops.op("picked", "Shape", Map.of(), gradient);
    Value places = ops.op("places", "Expand", Map.of(), column, shape);
    Map<String, Attribute> adding =
        Map.of("axis", Attribute.of((long) axis), "reduction", Attribute.of("add"));
    Value zeros = Zeros.like(ops.in("data"), x);
    backward.toInput(
        node, 0, ops.op("scattered", "ScatterElements", adding, zeros, places, gradient));
  }

  /** The gradient with all axes of the indices as one. */
  private static Value flat(Ops ops, Value gradient, int axis, int picked) {
    if (picked == 1) {
      return gradient;
    }
    if (picked == 0) {
      return ops.unsqueeze("one", gradient, axis);
    }
    Shape shape = gradient.shape();
    long[] target = new long[shape.rank() - picked + 1];
    for (int i = 0; i < target.length; i++) {
      Dim own = i <= axis ? shape.dim(i) : shape.dim(i + picked - 1);
      target[i] = i < axis ? 0 : i == axis ? -1 : own.size();
    }
    return ops.reshape("flat", gradient, target);
  }
}
