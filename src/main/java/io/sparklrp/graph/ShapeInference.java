package io.sparklrp.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Types and shapes of a node's outputs, by operator. */
final class ShapeInference {
  private static final Map<String, ShapeRule> RULES = new HashMap<>();

  static {
    ElementwiseShapes.register(RULES);
    MatrixShapes.register(RULES);
    ReductionShapes.register(RULES);
    LayoutShapes.register(RULES);
    SelectionShapes.register(RULES);
  }

  private ShapeInference() {}

  /** Whether the operator is known. */
  static boolean knows(String qualifiedOp) {
    return RULES.containsKey(qualifiedOp);
  }

  /** The outputs in order; absent ones (empty names) are skipped by the caller. */
  static List<ShapeRule.Typed> infer(OpInputs inputs) {
    Node node = inputs.node();
    ShapeRule rule = RULES.get(node.qualifiedOp());
    if (rule == null) {
      throw new IllegalArgumentException(
          "Cannot infer the shape of node "
              + node.name()
              + ": operator "
              + node.qualifiedOp()
              + " is not known.");
    }
    try {
      return rule.infer(inputs);
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "Cannot infer the shape of node "
              + node.name()
              + " ("
              + node.qualifiedOp()
              + "): "
              + e.getMessage(),
          e);
    }
  }
}
