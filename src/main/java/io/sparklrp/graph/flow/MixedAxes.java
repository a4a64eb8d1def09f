package io.sparklrp.graph.flow;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Along which axes of its inputs a node brings elements together: sums them, compares them, or
 * picks among them. A list for each input that is data.
 */
final class MixedAxes {
  private static final Set<String> ALONG_ONE =
      Set.of("Softmax", "LogSoftmax", "CumSum", "TopK", "ArgMax", "ArgMin", "Hardmax");
  private static final Set<String> PICKS = Set.of("Gather", "GatherElements", "ScatterElements");
  private static final Set<String> NORMS =
      Set.of("LayerNormalization", "SimplifiedLayerNormalization");
  private static final Set<String> PRODUCTS = Set.of("MatMul", "FusedMatMul", "Gemm");

  /** An axis of an input. */
  record Axis(int input, int axis) {}

  private final Graph graph;

  MixedAxes(Graph graph) {
    this.graph = graph;
  }

  /** Axes whose elements are summed or compared. A running sum reads only those before. */
  List<Axis> reduced(Node node) {
    if (node.op().startsWith("Reduce")) {
      return ofFirst(reductionAxes(node));
    }
    if (ALONG_ONE.contains(node.op())) {
      return ofFirst(List.of(axis(node)));
    }
    if (NORMS.contains(node.op())) {
      int rank = shape(node, 0).rank();
      int from = shape(node, 0).axis(node.integer("axis", -1));
      return ofFirst(IntStream.range(from, rank).boxed().toList());
    }
    return PRODUCTS.contains(node.op()) ? contracted(node) : List.of();
  }

  /** Axes along which elements are picked, joined or parted. */
  List<Axis> picked(Node node) {
    if (PICKS.contains(node.op())) {
      return ofFirst(List.of(shape(node, 0).axis(node.integer("axis", 0))));
    }
    if (node.op().equals("Split")) {
      return ofFirst(List.of(shape(node, 0).axis(node.integer("axis", 0))));
    }
    if (node.op().equals("Concat")) {
      List<Axis> all = new ArrayList<>();
      for (int i = 0; i < node.inputs().size(); i++) {
        all.add(new Axis(i, shape(node, i).axis(node.integer("axis", 0))));
      }
      return all;
    }
    return node.op().equals("Slice") ? ofFirst(cut(node)) : List.of();
  }

  private List<Integer> reductionAxes(Node node) {
    Shape shape = shape(node, 0);
    long[] axes =
        node.hasInput(1)
            ? numbers(node.input(1)).orElse(new long[0])
            : node.integers("axes", List.of()).stream().mapToLong(Long::longValue).toArray();
    return axes.length == 0
        ? IntStream.range(0, shape.rank()).boxed().toList()
        : LongStream.of(axes).mapToObj(shape::axis).toList();
  }

  private int axis(Node node) {
    long first = node.op().startsWith("Arg") ? 0 : -1;
    long said =
        node.op().equals("CumSum")
            ? numbers(node.input(1)).map(all -> all[0]).orElse(0L)
            : node.integer("axis", first);
    return shape(node, 0).axis(said);
  }

  private List<Axis> contracted(Node node) {
    boolean swapsFirst = node.integer("transA", 0) == 1;
    boolean swapsSecond = node.integer("transB", 0) == 1;
    return List.of(
        new Axis(0, shape(node, 0).axis(swapsFirst ? -2 : -1)),
        new Axis(1, shape(node, 1).axis(swapsSecond ? -1 : -2)));
  }

  /** Axes that a Slice does not keep whole. */
  private List<Integer> cut(Node node) {
    Shape shape = shape(node, 0);
    Optional<long[]> axes = node.hasInput(3) ? numbers(node.input(3)) : Optional.empty();
    int count = Math.toIntExact(graph.value(node.input(1)).shape().dim(0).size());
    List<Integer> cut = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int axis = axes.isPresent() ? shape.axis(axes.get()[i]) : i;
      if (!isWhole(node, i, shape, axis)) {
        cut.add(axis);
      }
    }
    return cut;
  }

  private boolean isWhole(Node node, int index, Shape shape, int axis) {
    Optional<Size> start = size(node.input(1), index);
    Optional<Size> end = size(node.input(2), index);
    boolean byOne = !node.hasInput(4) || size(node.input(4), index).equals(Optional.of(Size.of(1)));
    boolean toTheEnd =
        end.isPresent()
            && (end.get().equals(Size.of(shape.dim(axis)))
                || (end.get().isFixed() && end.get().factor() >= Integer.MAX_VALUE));
    return byOne && start.equals(Optional.of(Size.of(0))) && toTheEnd;
  }

  private Optional<Size> size(String value, int index) {
    return graph.sizes(value).filter(all -> index < all.size()).flatMap(all -> all.get(index));
  }

  private Optional<long[]> numbers(String value) {
    return graph
        .sizes(value)
        .filter(all -> all.stream().allMatch(size -> size.filter(Size::isFixed).isPresent()))
        .map(all -> all.stream().mapToLong(size -> size.orElseThrow().factor()).toArray());
  }

  private Shape shape(Node node, int input) {
    return graph.value(node.input(input)).shape();
  }

  private static List<Axis> ofFirst(List<Integer> axes) {
    return axes.stream().map(axis -> new Axis(0, axis)).toList();
  }
}
