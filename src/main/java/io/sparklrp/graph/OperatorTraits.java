package io.sparklrp.graph;

import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;

/**
 * What an operator does to its input, as far as whoever follows values through a graph must know.
 * Passes, kinds of nodes and scopes ask here, so that none of them knows an operator that another
 * does not.
 */
public final class OperatorTraits {
  private OperatorTraits() {}

  /** Whether each element of the output depends on the inputs' elements at its place alone. */
  public static boolean isElementwise(Node node) {
    return Operators.of(node).is(Trait.ELEMENTWISE);
  }

  /** Whether a node only gives elements of its first input other places. */
  public static boolean isMoving(Node node) {
    return Operators.of(node).is(Trait.MOVING);
  }

  /**
   * Whether a node moves, scales, shifts or masks its input {@code from}: affine, and element by
   * element.
   */
  public static boolean isPassing(Node node, String from) {
    return isMoving(node) || Operators.of(node).isAffineIn(node.inputs().indexOf(from));
  }

  /** Whether each element of the output is made of many of the input. */
  public static boolean isSumming(Node node) {
    return Operators.of(node).is(Trait.SUMMING);
  }
}
