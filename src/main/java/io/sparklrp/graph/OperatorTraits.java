package io.sparklrp.graph;

import java.util.Set;

/**
 * What an operator does to its input, as far as whoever follows values through a graph must know.
 * Passes, kinds of nodes and scopes ask here, so that none of them knows an operator that another
 * does not.
 */
public final class OperatorTraits {
  /** Operators that give elements of their first input other places, and change none. */
  private static final Set<String> MOVING =
      Set.of("Expand", "Reshape", "Slice", "Squeeze", "Transpose", "Unsqueeze");

  /** Elementwise operators that are affine in any one of their inputs. */
  private static final Set<String> AFFINE =
      Set.of("Add", "Cast", "Identity", "Mul", "Neg", "Sub", "Where");

  /** Operators each element of whose output is a sum over many of their input. */
  private static final Set<String> SUMMING =
      Set.of(
          "Conv",
          "CumSum",
          "Gemm",
          "MatMul",
          "ReduceL2",
          "ReduceMax",
          "ReduceMean",
          "ReduceMin",
          "ReduceSum",
          Node.MICROSOFT + ".FusedMatMul",
          Node.MICROSOFT + ".RotaryEmbedding");

  private OperatorTraits() {}

  /** Whether each element of the output depends on the inputs' elements at its place alone. */
  public static boolean isElementwise(Node node) {
    return ElementwiseShapes.ELEMENTWISE.contains(node.qualifiedOp());
  }

  /** Whether a node only gives elements of its first input other places. */
  public static boolean isMoving(Node node) {
    return MOVING.contains(node.qualifiedOp());
  }

  /**
   * Whether a node moves, scales, shifts or masks its input {@code from}: affine, and element by
   * element.
   */
  public static boolean isPassing(Node node, String from) {
    boolean divides = node.qualifiedOp().equals("Div") && from.equals(node.input(0));
    return isMoving(node) || divides || AFFINE.contains(node.qualifiedOp());
  }

  /** Whether each element of the output is made of many of the input. */
  public static boolean isSumming(Node node) {
    return SUMMING.contains(node.qualifiedOp());
  }
}
