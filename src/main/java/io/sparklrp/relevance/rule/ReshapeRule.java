package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import java.util.Map;

/** Reshape, Squeeze, Unsqueeze: the gradient takes the input's shape. */
public final class ReshapeRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Value gradient = backward.gradient(node);
    Shape wanted = backward.input(node, 0).shape();
    long[] target = new long[wanted.rank()];
    int open = 0;
    for (int axis = 0; axis < target.length; axis++) {
      target[axis] = size(wanted.dim(axis), axis, gradient.shape());
      open += target[axis] == -1 ? 1 : 0;
    }
    backward.toInput(
        node,
        0,
        open <= 1 ? ops.reshape("shaped", gradient, target) : likeInput(ops, node, backward));
  }

  /**
   * The size if it is known, 0 where the gradient has the dimension at the same place, -1
   * otherwise.
   */
  private static long size(Dim dim, int axis, Shape gradient) {
    if (dim.isFixed()) {
      return dim.size();
    }
    return axis < gradient.rank() && gradient.dim(axis).equals(dim) ? 0 : -1;
  }

  /** To a shape that is known only when the graph runs. */
  private static Value likeInput(Ops ops, Node node, Backward backward) {
    Value shape = ops.op("shape", "Shape", Map.of(), backward.input(node, 0));
    return ops.op("shaped", "Reshape", Map.of(), backward.gradient(node), shape);
  }
}
