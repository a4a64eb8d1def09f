package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Optional;

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
   * How deep a product of attention weights and values lies: 0 for the model's first, 1 for its
   * last.
   */
  float depth(Node values);

  /** Whether a node is a linear layer: a product of an activation with a parameter. */
  boolean isLayer(Node node);

  /** The node that adds a linear layer's bias; empty where it has none, or adds it itself. */
  Optional<Node> bias(Node layer);

  /** Whether a node adds the bias of a linear layer. */
  boolean isBias(Node node);

  /**
   * Books what a rule keeps to itself.
   *
   * @param entry of the ledger
   * @param gradient that goes no further, of the output's shape
   * @param output what it is the gradient of
   */
  void absorbed(Node node, String entry, Value gradient, Value output);

  /**
   * Books relevance that stays with what an input has along one of its axes, instead of flowing on.
   *
   * @param index the input
   * @param axis the axis
   * @param relevance [batch, length of that axis]
   */
  void stay(Node node, int index, int axis, Value relevance);

  /**
   * Books relevance that stays with what the node's output has along one of its axes.
   *
   * @param index an input whose records lie as the output's do
   * @param axis the axis of the output
   * @param relevance [batch, length of that axis]
   */
  void stayInRows(Node node, int index, int axis, Value relevance);
}
