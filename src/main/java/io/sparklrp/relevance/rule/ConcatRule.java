package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * Concat: each part gets the gradient of its own place; a constant part, such as a class token, is
 * additive there and is booked.
 */
public final class ConcatRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    for (int i = 0; i < node.inputs().size(); i++) {
      if (backward.isActive(node, i)) {
        backward.toInput(node, i, own(node, i, backward));
      } else {
        backward.constant(node, i, own(node, i, backward));
      }
    }
  }

  /** The gradient at the place of a part. */
  private static Value own(Node node, int part, Backward backward) {
    Ops ops = backward.ops(node).in("part" + part);
    Value gradient = backward.gradient(node);
    int axis = gradient.shape().axis(node.integer("axis", 0));
    Value start = total(node, 0, part, axis, backward);
    boolean last = part == node.inputs().size() - 1;
    Value end = last ? ops.longs(Long.MAX_VALUE) : total(node, 0, part + 1, axis, backward);
    return ops.slice("own", gradient, axis, start, end);
  }

  /** Length of parts that stand side by side. */
  private static Value total(Node node, int from, int to, int axis, Backward backward) {
    Ops ops = backward.ops(node);
    List<Value> parts = node.inputs().subList(from, to).stream().map(ops.builder()::value).toList();
    long fixed =
        parts.stream()
            .map(part -> part.shape().dim(axis))
            .filter(Dim::isFixed)
            .mapToLong(Dim::size)
            .sum();
    Value total = ops.longs(fixed);
    for (Value part : parts) {
      if (!part.shape().dim(axis).isFixed()) {
        total = ops.add("end", total, ops.dimension("length", part, axis));
      }
    }
    return total;
  }
}
