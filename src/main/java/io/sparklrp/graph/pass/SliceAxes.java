package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.OperatorTraits;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Where a slice of an operator's output along one axis comes from: the axis of each input that it
 * is a slice of.
 */
final class SliceAxes {
  /** Input is needed whole. */
  static final int WHOLE = -1;

  private final Graph graph;

  SliceAxes(Graph graph) {
    this.graph = graph;
  }

  /** The axis for each input, or {@link #WHOLE}; empty where the operator must see everything. */
  Optional<List<Integer>> of(Node node, int axis) {
    if (OperatorTraits.isElementwise(node)) {
      return Optional.of(elementwise(node, axis));
    }
    return switch (node.qualifiedOp()) {
      case "MatMul", Node.MICROSOFT + ".FusedMatMul" -> matrixRows(node, axis);
      case "LayerNormalization", "SimplifiedLayerNormalization" ->
          unless(axis >= normalisedFrom(node), onlyFirst(node, axis));
      case "Softmax" -> unless(axis == axis(node, "axis", -1), onlyFirst(node, axis));
      case Node.MICROSOFT + ".RotaryEmbedding" -> unless(axis != 1, List.of(1, 1, WHOLE, WHOLE));
      case "Transpose" -> transposed(node, axis);
      case "Reshape" -> unless(!keepsAxis(node, axis), onlyFirst(node, axis));
      default -> Optional.empty();
    };
  }

  private Shape shape(String value) {
    return graph.value(value).shape();
  }

  private int axis(Node node, String attribute, int absent) {
    return shape(node.output()).axis(node.integer(attribute, absent));
  }

  private int normalisedFrom(Node node) {
    return axis(node, "axis", -1);
  }

  private static Optional<List<Integer>> unless(boolean impossible, List<Integer> axes) {
    return impossible ? Optional.empty() : Optional.of(axes);
  }

  private static List<Integer> onlyFirst(Node node, int axis) {
    return java.util.stream.IntStream.range(0, node.inputs().size())
        .mapToObj(i -> i == 0 ? axis : WHOLE)
        .toList();
  }

  private List<Integer> elementwise(Node node, int axis) {
    int rank = shape(node.output()).rank();
    return node.inputs().stream()
        .map(
            input -> {
              int own = axis - (rank - shape(input).rank());
              return own < 0 || shape(input).dim(own).isOne() ? WHOLE : own;
            })
        .toList();
  }

  private Optional<List<Integer>> matrixRows(Node node, int axis) {
    int rank = shape(node.output()).rank();
    boolean rows = axis == rank - 2 && shape(node.input(0)).rank() == rank;
    int inner = node.integer("transA", 0) == 1 ? rank - 1 : rank - 2;
    return unless(!rows, List.of(inner, WHOLE));
  }

  private static Optional<List<Integer>> transposed(Node node, int axis) {
    List<Long> perm = node.integers("perm", List.of());
    return perm.isEmpty() ? Optional.empty() : Optional.of(List.of(perm.get(axis).intValue()));
  }

  /** Whether a reshape copies the axis (target 0) and leaves those before it alone. */
  private boolean keepsAxis(Node node, int axis) {
    Shape from = shape(node.input(0));
    Shape to = shape(node.output());
    Optional<long[]> target = graph.constant(node.input(1)).map(Tensor::toLongs);
    return target.isPresent()
        && axis < from.rank()
        && target.get()[axis] == 0
        && from.dims().subList(0, axis + 1).equals(to.dims().subList(0, axis + 1));
  }
}
