package io.sparklrp.relevance.rule.activation;

import io.sparklrp.graph.Node;
import java.util.Map;

/** The activation functions by operator. */
public final class ActivationFunctions {
  private static final Map<String, ActivationFunction> ALL =
      Map.of(
          "Exp",
          new Exponential(),
          "Gelu",
          new Gelu(),
          "Pow",
          new Power(),
          Node.MICROSOFT + ".QuickGelu",
          new QuickGelu(),
          "Relu",
          new Relu(),
          "Sigmoid",
          new Sigmoid(),
          "Sqrt",
          new SquareRoot(),
          "Tanh",
          new Tanh());

  private ActivationFunctions() {}

  /** Whether a node is an activation. */
  public static boolean has(Node node) {
    return ALL.containsKey(node.qualifiedOp());
  }

  /** The function of a node. */
  public static ActivationFunction of(Node node) {
    return ALL.get(node.qualifiedOp());
  }
}
