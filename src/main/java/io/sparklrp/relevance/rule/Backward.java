package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** The backward pass as a rule sees it, at one node. */
public interface Backward {
  /** Writes operators named {@code {node}.relevance.{step}}. */
  Ops ops(Node node);

  /** An input of the node. */
  Value input(Node node, int index);

  /** The node's first output. */
  Value output(Node node);

  /**
   * An optional output of the forward operator, such as LayerNormalization's InvStdDev, computed
   * from now on.
   *
   * @param index its place in the operator's order
   */
  Value optionalOutput(Node node, int index);

  /**
   * Computes the node's output as its input times a factor from now on: work that forward and
   * backward then share.
   *
   * @param factor of the input's shape, such that input times factor is the output
   */
  void shareFactor(Node node, Value factor);

  /** Whether an input depends on the embeddings that are explained. */
  boolean isActive(Node node, int index);

  /** The modified gradient of the score at the node's first output, of its shape. */
  Value gradient(Node node);

  /**
   * Sends a gradient to an input; does nothing where the input is not active.
   *
   * @param gradient of the input's shape, or of a shape that the input was broadcast to: it is
   *     summed then
   */
  void toInput(Node node, int index, Value gradient);

  /**
   * Books an additive constant: its product with the gradient at the place where it is added.
   *
   * @param index the input that holds the constant
   * @param gradient the gradient there
   */
  void constant(Node node, int index, Value gradient);

  /**
   * Books an additive constant that is no input of the node but part of what its operator computes,
   * such as f(0).
   *
   * @param constant a scalar
   * @param gradient the gradient where it is added
   */
  void constant(Node node, Value constant, Value gradient);

  /**
   * Books relevance that stays with what an input has along one of its axes, instead of flowing on.
   *
   * @param index the input
   * @param axis the axis
   * @param relevance [batch, length of that axis]
   */
  void stay(Node node, int index, int axis, Value relevance);
}
