package io.sparklrp.relevance;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.op.InputAxis;
import io.sparklrp.graph.op.OpInputs;
import io.sparklrp.graph.op.Operator;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which axes of an active value are the record's tokens, in their order.
 *
 * <p>They are followed from the embeddings forwards. Rows that a product makes are those of its
 * first factor: so the rows of a decoder that only attends to the explained tokens are none of
 * them. Of an axis whose tokens an operator may give another order or number nothing is known,
 * until it is joined with one that is known, row by row: as a convolution along the tokens, or a
 * shift, is with the rows that it goes out from.
 */
final class TokenAxes {
  /** What is along an axis of a value; where two are joined row by row, the later one here. */
  enum Along {
    /** Something else. */
    OTHERS,
    /** The tokens in an order or number that is not known. */
    UNKNOWN,
    /** The tokens of all records, one record behind the other. */
    TOKENS_OF_RECORDS,
    /** The record's tokens. */
    TOKENS
  }

  private final Graph graph;
  private final ActiveValues active;
  private final TokenRows rows;
  private final Dim batch;
  private final Map<String, Map<Integer, Along>> axes = new HashMap<>();

  TokenAxes(Graph graph, ActiveValues active, TokenRows rows, String embeddings) {
    this.graph = graph;
    this.active = active;
    this.rows = rows;
    this.batch = graph.value(embeddings).shape().dim(0);
    axes.put(embeddings, Map.of(1, Along.TOKENS));
    graph.nodes().stream()
        .filter(node -> !node.outputs().contains(embeddings) && active.contains(node.output()))
        .forEach(node -> node.outputs().forEach(output -> axes.put(output, follow(node))));
  }

  /** What is along an axis of an active value. */
  Along along(String value, int axis) {
    return of(value).getOrDefault(axis, Along.OTHERS);
  }

  private Map<Integer, Along> of(String value) {
    return axes.getOrDefault(value, Map.of());
  }

  private Shape shape(String value) {
    return graph.value(value).shape();
  }

  private int rank(Node node) {
    return shape(node.output()).rank();
  }

  private Map<Integer, Along> follow(Node node) {
    boolean isOfNone = node.inputs().stream().allMatch(input -> of(input).isEmpty());
    if (isOfNone) {
      return Map.of();
    }
    Operator operator = Operators.of(node);
    if (operator.is(Trait.ELEMENTWISE) || operator.is(Trait.ROW_BY_ROW)) {
      return aligned(node);
    }
    if (operator.is(Trait.KEEPING_AXES)) {
      return rows.isJoin(node) ? aligned(node) : changed(node, operator);
    }
    if (operator.is(Trait.MATRIX_PRODUCT)) {
      return product(node);
    }
    if (operator.is(Trait.REDUCING)) {
      return reduced(node, node.integer("keepdims", 1) == 1);
    }
    return switch (node.qualifiedOp()) {
      case "Transpose" -> transposed(node);
      case "Reshape" -> reshaped(node);
      case "Squeeze" -> reduced(node, false);
      case "Unsqueeze" -> unsqueezed(node);
      case "GatherND" -> picked(node);
      default -> unknown(node);
    };
  }

  private Map<Integer, Along> unknown(Node node) {
    Map<Integer, Along> all = new TreeMap<>();
    IntStream.range(0, rank(node)).forEach(axis -> all.put(axis, Along.UNKNOWN));
    return all;
  }

  private static void add(Map<Integer, Along> found, int axis, Along along) {
    found.merge(axis, along, (a, b) -> a.compareTo(b) > 0 ? a : b);
  }

  /** The axes of all inputs, which are broadcast to the output. */
  private Map<Integer, Along> aligned(Node node) {
    Map<Integer, Along> found = new TreeMap<>();
    for (String input : node.inputs()) {
      of(input).forEach((axis, along) -> add(found, axis + added(node, input), along));
    }
    return found;
  }

  private int added(Node node, String input) {
    return rank(node) - shape(input).rank();
  }

  private Map<Integer, Along> product(Node node) {
    Map<Integer, Along> found = new TreeMap<>();
    for (int i = 0; i < 2; i++) {
      int factor = i;
      of(node.input(i)).forEach((axis, along) -> multiplied(node, factor, axis, along, found));
    }
    return found;
  }

  /** Where an axis of a factor is in the product; one that is summed is known in both factors. */
  private void multiplied(Node node, int factor, int axis, Along along, Map<Integer, Along> found) {
    int rank = shape(node.input(factor)).rank();
    int moved = axis + added(node, node.input(factor));
    int own = rank(node) - (factor == 0 ? 2 : 1);
    boolean isTransposed = node.integer(factor == 0 ? "transA" : "transB", 0) == 1;
    if (axis < rank - 2) {
      add(found, moved, along);
    } else if ((axis == rank - 1) == ((factor == 0) == isTransposed)) {
      add(found, own, along);
    } else if (!active.contains(node.input(1 - factor))) {
      add(found, rank(node) - (factor == 0 ? 1 : 2), Along.UNKNOWN);
    }
  }

  private Map<Integer, Along> transposed(Node node) {
    Map<Integer, Along> found = new TreeMap<>();
    List<Long> order =
        node.integers(
            "perm",
            IntStream.range(0, rank(node)).mapToObj(axis -> rank(node) - 1L - axis).toList());
    of(node.input(0)).forEach((axis, along) -> add(found, order.indexOf((long) axis), along));
    return found;
  }

  private Map<Integer, Along> reshaped(Node node) {
    Map<Integer, Along> found = new TreeMap<>();
    Shape from = shape(node.input(0));
    Shape to = shape(node.output());
    for (Map.Entry<Integer, Along> one : of(node.input(0)).entrySet()) {
      Map.Entry<Integer, Along> kept = reshaped(from, one.getKey(), one.getValue(), to);
      if (kept == null) {
        return unknown(node);
      }
      add(found, kept.getKey(), kept.getValue());
    }
    return found;
  }

  /**
   * An axis stays where as many elements are before it as were, and it is as long as it was; tokens
   * can be joined with the records before them, and parted again.
   */
  private Map.Entry<Integer, Along> reshaped(Shape from, int axis, Along along, Shape to) {
    Dim before = before(from, axis);
    Dim all = before.times(from.dim(axis));
    for (int other = 0; other < to.rank(); other++) {
      if (from.dim(axis).equals(to.dim(other)) && before.equals(before(to, other))) {
        return Map.entry(other, along);
      }
    }
    if (along == Along.TOKENS && before.equals(batch) && all.equals(to.dim(0))) {
      return Map.entry(0, Along.TOKENS_OF_RECORDS);
    }
    boolean isParted =
        along == Along.TOKENS_OF_RECORDS
            && to.rank() > 1
            && to.dim(0).equals(batch)
            && to.dim(0).times(to.dim(1)).equals(all);
    return isParted ? Map.entry(1, Along.TOKENS) : null;
  }

  private static Dim before(Shape shape, int axis) {
    return new Shape(shape.dims().subList(0, axis)).size();
  }

  private Map<Integer, Along> reduced(Node node, boolean isKept) {
    Shape from = shape(node.input(0));
    long[] given = constants(node, 1);
    if (given == null || given.length == 0) {
      return unknown(node);
    }
    List<Integer> removed = Arrays.stream(given).mapToObj(from::axis).toList();
    Map<Integer, Along> found = new TreeMap<>();
    of(node.input(0))
        .forEach(
            (axis, along) -> {
              if (!removed.contains(axis)) {
                long gone = isKept ? 0 : removed.stream().filter(other -> other < axis).count();
                add(found, (int) (axis - gone), along);
              }
            });
    return found;
  }

  private Map<Integer, Along> unsqueezed(Node node) {
    Shape to = shape(node.output());
    long[] given = constants(node, 1);
    if (given == null) {
      return unknown(node);
    }
    List<Integer> added = Arrays.stream(given).mapToObj(to::axis).toList();
    List<Integer> kept =
        IntStream.range(0, to.rank()).filter(axis -> !added.contains(axis)).boxed().toList();
    Map<Integer, Along> found = new TreeMap<>();
    of(node.input(0)).forEach((axis, along) -> add(found, kept.get(axis), along));
    return found;
  }

  /** Elements that are picked along the first axes leave the axes behind them what they are. */
  private Map<Integer, Along> picked(Node node) {
    Shape indices = shape(node.input(1));
    Dim depth = indices.dim(-1);
    if (!depth.isFixed() || active.contains(node.input(1))) {
      return unknown(node);
    }
    int gone = Math.toIntExact(node.integer("batch_dims", 0) + depth.size());
    boolean isPicked = of(node.input(0)).keySet().stream().anyMatch(axis -> axis < gone);
    Map<Integer, Along> found = new TreeMap<>();
    of(node.input(0)).forEach((axis, along) -> add(found, axis - gone + indices.rank() - 1, along));
    return isPicked ? unknown(node) : found;
  }

  /** Along the axes that elements are picked of, the tokens are then no longer known. */
  private Map<Integer, Along> changed(Node node, Operator operator) {
    Map<Integer, Along> found = new TreeMap<>(aligned(node));
    operator.pickedAxes(OpInputs.of(graph, node)).stream()
        .map(InputAxis::axis)
        .filter(found::containsKey)
        .forEach(axis -> found.put(axis, Along.UNKNOWN));
    return found;
  }

  /** The elements of a constant input; null where there is none. */
  private long[] constants(Node node, int index) {
    return graph.constant(node.input(index)).map(Tensor::toLongs).orElse(null);
  }
}
