package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;

/**
 * A softmax that a method holds constant: nothing goes through it. Where a gradient arrives all the
 * same, what it weighs does not depend on the embeddings, as in cross attention to the part of a
 * model that is not explained: the result is an additive constant, and is booked.
 */
public final class HeldSoftmaxRule implements Rule {
  @Override
  public String name() {
    return "constant";
  }

  @Override
  public void propagate(Node node, Backward backward) {
    backward.constant(node, backward.output(node), backward.gradient(node));
  }
}
