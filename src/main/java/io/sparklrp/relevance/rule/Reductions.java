package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.Map;
import java.util.stream.LongStream;

/** What the rules of reductions share: axes, and results with those axes kept. */
final class Reductions {
  private final Node node;
  private final Backward backward;

  Reductions(Node node, Backward backward) {
    this.node = node;
    this.backward = backward;
  }

  /** The axes that were reduced, counted from the front. */
  long[] axes() {
    Ops ops = backward.ops(node);
    Shape shape = backward.input(node, 0).shape();
    long[] given =
        node.hasInput(1)
            ? ops.builder().constant(node.input(1)).map(Tensor::toLongs).orElseThrow()
            : new long[0];
    return given.length == 0
        ? LongStream.range(0, shape.rank()).toArray()
        : LongStream.of(given).map(shape::axis).sorted().toArray();
  }

  /** A value of the output's shape, with the reduced axes of length 1. */
  Value kept(String step, Value value) {
    return node.integer("keepdims", 1) == 1
        ? value
        : backward.ops(node).unsqueeze(step, value, axes());
  }

  /** A value of the output's shape, repeated along the reduced axes. */
  Value spread(String step, Value value) {
    Ops ops = backward.ops(node).in(step);
    Value shape = ops.op("shape", "Shape", Map.of(), backward.input(node, 0));
    return ops.op("expanded", "Expand", Map.of(), kept("kept", value), shape);
  }
}
