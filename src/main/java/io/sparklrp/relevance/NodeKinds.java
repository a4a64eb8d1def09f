package io.sparklrp.relevance;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Size;
import io.sparklrp.relevance.rule.activation.ActivationFunctions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells the kinds of a graph's active nodes: by operator, by which inputs are active, and by where
 * a softmax goes.
 */
final class NodeKinds {
  private static final Set<String> MATRIX =
      Set.of("MatMul", "Gemm", Node.MICROSOFT + ".FusedMatMul");

  /** Operators between QK', the softmax and V that only move, scale, shift or mask. */
  private static final Set<String> PASSING =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Where",
          "Cast",
          "Identity",
          "Reshape",
          "Transpose",
          "Slice",
          "Expand",
          "Squeeze",
          "Unsqueeze",
          "Tanh");

  private final Graph graph;
  private final ActiveValues active;
  private final NormalisingFactors normalising;
  private final Set<String> attentionSoftmaxes = new HashSet<>();
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

  private void lookForAttention(Node product) {
    softmaxBehind(product.input(0))
        .ifPresent(
            softmax -> {
              attentionSoftmaxes.add(softmax.name());
              productBehind(softmax.input(0))
                  .ifPresent(scores -> attentionScores.add(scores.name()));
            });
  }

  /** Whether a product's first factor is active, and its second is no parameter. */
  private boolean isWeighing(Node node) {
    return MATRIX.contains(node.qualifiedOp())
        && active.contains(node.input(0))
        && (active.contains(node.input(1))
            || (graph.constant(node.input(1)).isEmpty() && graph.value(node.input(1)).rank() > 2));
  }

  private boolean isProduct(Node node) {
    return MATRIX.contains(node.qualifiedOp())
        && active.contains(node.input(0))
        && active.contains(node.input(1));
  }

  private Optional<Node> softmaxBehind(String value) {
    return behind(value).filter(node -> node.op().equals("Softmax"));
  }

  private Optional<Node> productBehind(String value) {
    return behind(value).filter(this::isProduct);
  }

  /**
   * The first node upstream, along active values, that does more than pass its one active input on.
   */
  private Optional<Node> behind(String value) {
    return behind(value, node -> false);
  }

  /** The same, or the first on the way that is what is looked for. */
  private Optional<Node> behind(String value, Predicate<Node> isFound) {
    Optional<Node> node = graph.producer(value);
    while (node.isPresent()
        && PASSING.contains(node.get().qualifiedOp())
        && !isFound.test(node.get())) {
      Node passing = node.get();
      Optional<String> only = active.onlyActiveInput(passing);
      if (only.isEmpty()) {
        return Optional.empty();
      }
      node = graph.producer(only.get());
    }
    return node;
  }

  private NodeKind kind(Node node) {
    if (MATRIX.contains(node.qualifiedOp())) {
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
          attentionSoftmaxes.contains(node.name()) ? NodeKind.ATTENTION_WEIGHTS : NodeKind.SOFTMAX;
      case "Mul" -> active.onlyActiveInput(node).isPresent() ? NodeKind.LINEAR : product(node);
      case "Reciprocal" ->
          normalising.isFactor(node) ? NodeKind.NORMALISING_FACTOR : NodeKind.UNKNOWN;
      case "Slice" -> hasKnownSteps(node) ? NodeKind.LINEAR : NodeKind.UNKNOWN;
      case "Pad" -> isByRecord(node) ? NodeKind.LINEAR : NodeKind.UNKNOWN;
      case "Div" -> active.contains(node.input(1)) ? NodeKind.UNKNOWN : NodeKind.LINEAR;
      default -> RuleSet.isLinear(node) ? NodeKind.LINEAR : NodeKind.UNKNOWN;
    };
  }

  /** A product with a normalising factor, with a gate, or any other. */
  private NodeKind product(Node node) {
    if (node.inputs().stream().anyMatch(normalising::isMadeByFactor)) {
      return NodeKind.NORMALISED_PRODUCT;
    }
    if (isActivated(node.input(0))) {
      return NodeKind.GATE_FIRST;
    }
    return isActivated(node.input(1)) ? NodeKind.GATE_SECOND : NodeKind.PRODUCT;
  }

  private boolean isActivated(String value) {
    return behind(value, ActivationFunctions::has).filter(ActivationFunctions::has).isPresent();
  }

  /** Whether a Pad leaves the records alone, and adds a constant. */
  private boolean isByRecord(Node pad) {
    int rank = graph.value(pad.input(0)).rank();
    Optional<List<Optional<Size>>> pads = graph.sizes(pad.input(1));
    Optional<Size> none = Optional.of(Size.of(0));
    return !active.contains(pad.input(2))
        && pads.isPresent()
        && pads.get().get(0).equals(none)
        && pads.get().get(rank).equals(none);
  }

  private boolean hasKnownSteps(Node node) {
    return !node.hasInput(4) || graph.constant(node.input(4)).isPresent();
  }

  private NodeKind matrixProduct(Node node) {
    if (softmaxBehind(node.input(0)).isPresent()) {
      return NodeKind.ATTENTION_VALUES;
    }
    return attentionScores.contains(node.name())
        ? NodeKind.ATTENTION_SCORES
        : NodeKind.MATRIX_PRODUCT;
  }
}
