package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * Rotary position embedding: a rotation, so the gradient is turned back by the same angle (Su et
 * al. 2021, equation 34, transposed).
 */
public final class RotaryRule implements Rule {
  private static final int POSITIONS = 1;
  private static final int COSINE = 2;
  private static final int SINE = 3;

  @Override
  public void propagate(Node node, Backward backward) {
    backward.toInput(node, 0, turnedBack(node, backward, backward.gradient(node)));
  }

  /** A gradient at the output, turned back to the input. */
  static Value turnedBack(Node node, Backward backward, Value gradient) {
    Ops ops = backward.ops(node);
    Value sine = ops.unary("sine", "Neg", backward.input(node, SINE));
    String name = ops.builder().freeName(node.name() + ".relevance.back");
    List<String> inputs =
        List.of(gradient.name(), node.input(POSITIONS), node.input(COSINE), sine.name());
    Node back =
        new Node(
            name, node.op(), node.domain(), inputs, List.of(name), node.attributes(), node.scope());
    return ops.builder().add(back).get(0);
  }
}
