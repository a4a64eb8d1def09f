package io.sparklrp.relevance.rule;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/** ReduceMax and ReduceMin: the selected element gets the gradient; equal ones share it. */
public final class LargestRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Reductions reductions = new Reductions(node, backward);
    Value selected = reductions.kept("selected", backward.output(node));
    Value equal = ops.op("equal", "Equal", Map.of(), backward.input(node, 0), selected);
    Value chosen = ops.cast("chosen", equal, DataType.FLOAT32);
    Value number = ops.reduceSum("number", chosen, true, reductions.axes());
    Value share = ops.div("share", chosen, number);
    Value gradient = reductions.kept("gradient", backward.gradient(node));
    backward.toInput(node, 0, ops.mul("sent", share, gradient));
  }
}
