package io.sparklrp.relevance;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.op.OpInputs;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import io.sparklrp.relevance.rule.activation.ActivationFunctions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells the kinds of a graph's active nodes: by operator, by which inputs are active, and by where
 * a softmax goes.
 */
final class NodeKinds {
  private final Graph graph;
  private final ActiveValues active;
  private final NormalisingFactors normalising;
  private final Map<String, Node> weighing = new HashMap<>();
  private final Set<String> attentionScores = new HashSet<>();

  NodeKinds(Graph graph, ActiveValues active) {
    this.graph = graph;
    this.active = active;
    this.normalising = new NormalisingFactors(graph, active);
    graph.nodes().stream().filter(this::isWeighing).forEach(this::lookForAttention);
  }

  /** The kinds of all active nodes, by node name. */
  Map<String, NodeKind> all() {
    Map<String, NodeKind> kinds = new HashMap<>();
    graph.nodes().stream()
        .filter(node -> active.contains(node.output()))
        .forEach(node -> kinds.put(node.name(), kind(node)));
    return kinds;
  }

  /**
   * The product in which attention weights weigh values.
   *
   * @param softmax name of a node of kind {@link NodeKind#ATTENTION_WEIGHTS}
   */
  Node weighing(String softmax) {
    return weighing.get(softmax);
  }

  private void lookForAttention(Node product) {
    softmaxBehind(product.input(0))
        .or(() -> softmaxBehind(product.input(1)))
        .ifPresent(
            softmax -> {
              weighing.putIfAbsent(softmax.name(), product);
              addScores(softmax.input(0));
            });
  }

  /** Whether a factor of a product is active, and the other is no parameter. */
  private boolean isWeighing(Node node) {
    return Operators.is(node, Trait.MATRIX_PRODUCT) && (isWeighing(node, 0) || isWeighing(node, 1));
  }

  private boolean isWeighing(Node node, int weights) {
    String values = node.input(1 - weights);
    return active.contains(node.input(weights))
        && (active.contains(values)
            || (graph.constant(values).isEmpty() && graph.value(values).rank() > 2));
  }

  private boolean isProduct(Node node) {
    return Operators.is(node, Trait.MATRIX_PRODUCT)
        && active.contains(node.input(0))
        && active.contains(node.input(1));
  }

  /** The softmax that a value is made of, linearly: attention weights, perhaps of mixed heads. */
  private Optional<Node> softmaxBehind(String value) {
    return behind(value, this::isLinear).filter(NodeKinds::isSoftmax);
  }

  /**
   * The products of two activations that scores are, perhaps kept small by a tanh, or added to
   * others.
   */
  private void addScores(String value) {
    Optional<Node> found =
        behind(value, node -> isPassing(node) || node.op().equals("Tanh"))
            .filter(node -> active.contains(node.output()));
    if (found.filter(this::isProduct).isPresent()) {
      attentionScores.add(found.get().name());
    } else if (found.filter(node -> node.op().equals("Add")).isPresent()) {
      found.get().inputs().forEach(this::addScores);
    }
  }

  /** The first node upstream, along the one active input of each, that is not passed. */
  private Optional<Node> behind(String value, Predicate<Node> isPassed) {
    Optional<Node> node = graph.producer(value);
    while (node.isPresent() && isPassed.test(node.get())) {
      Optional<String> only = active.onlyActiveInput(node.get());
      if (only.isEmpty()) {
        return Optional.empty();
      }
      node = graph.producer(only.get());
    }
    return node;
  }

  private static boolean isSoftmax(Node node) {
    return node.op().equals("Softmax");
  }

  /** Whether a node is linear, with one active input. */
  private boolean isLinear(Node node) {
    return Operators.is(node, Trait.LINEAR) && active.onlyActiveInput(node).isPresent();
  }

  /** Whether a node only moves, scales, shifts or masks its one active input. */
  private boolean isPassing(Node node) {
    return isLinear(node) && !Operators.is(node, Trait.SUMMING);
  }

  private boolean isLinearInActive(Node node) {
    return Operators.of(node)
        .isLinear(OpInputs.of(graph, node), input -> active.contains(node.input(input)));
  }

  private NodeKind kind(Node node) {
    if (Operators.is(node, Trait.MATRIX_PRODUCT)) {
      return isProduct(node) ? matrixProduct(node) : NodeKind.LINEAR;
    }
    if (ActivationFunctions.has(node)) {
      boolean isOfOne = !node.hasInput(1) || !active.contains(node.input(1));
      return isOfOne ? NodeKind.ACTIVATION : NodeKind.UNKNOWN;
    }
    return switch (node.qualifiedOp()) {
      case "LayerNormalization" -> NodeKind.NORMALISATION;
      case "SimplifiedLayerNormalization" -> NodeKind.RMS_NORMALISATION;
      case "Softmax" ->
          weighing.containsKey(node.name()) ? NodeKind.ATTENTION_WEIGHTS : NodeKind.SOFTMAX;
      case "Mul" -> active.onlyActiveInput(node).isPresent() ? NodeKind.LINEAR : product(node);
      case "Reciprocal" ->
          normalising.isFactor(node) ? NodeKind.NORMALISING_FACTOR : NodeKind.UNKNOWN;
      default -> isLinearInActive(node) ? NodeKind.LINEAR : NodeKind.UNKNOWN;
    };
  }

  /** A product with a normalising factor, with a gate, or any other. */
  private NodeKind product(Node node) {
    if (node.inputs().stream().anyMatch(normalising::isMadeByFactor)) {
      return NodeKind.NORMALISED_PRODUCT;
    }
    if (isGate(node.input(0))) {
      return NodeKind.GATE_FIRST;
    }
    return isGate(node.input(1)) ? NodeKind.GATE_SECOND : NodeKind.PRODUCT;
  }

  /** Whether an activation function made a value, or a softmax, as in pooling by attention. */
  private boolean isGate(String value) {
    return behind(value, this::isPassing)
        .filter(node -> ActivationFunctions.has(node) || isSoftmax(node))
        .isPresent();
  }

  private NodeKind matrixProduct(Node node) {
    if (softmaxBehind(node.input(0)).isPresent()) {
      return NodeKind.ATTENTION_VALUES;
    }
    if (softmaxBehind(node.input(1)).isPresent()) {
      return NodeKind.ATTENTION_VALUES_FIRST;
    }
    return attentionScores.contains(node.name())
        ? NodeKind.ATTENTION_SCORES
        : NodeKind.MATRIX_PRODUCT;
  }
}
