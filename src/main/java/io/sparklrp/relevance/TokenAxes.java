package io.sparklrp.relevance;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.op.InputAxis;
import io.sparklrp.graph.op.OpInputs;
import io.sparklrp.graph.op.Operator;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
  private final Dim tokens;
  private final Map<String, Map<Integer, Along>> axes = new HashMap<>();

  TokenAxes(Graph graph, ActiveValues active, TokenRows rows, String embeddings) {
    this.graph = graph;
    this.active = active;
    this.rows = rows;
    this.batch = graph.value(embeddings).shape().dim(0);
    this.tokens = graph.value(embeddings).shape().dim(1);
    axes.put(embeddings, Map.of(1, Along.TOKENS));
    graph.nodes().stream()
        .filter(node -> !node.outputs().contains(embeddings) && active.contains(node.output()))
        .forEach(node -> node.outputs().forEach(output -> axes.put(output, follow(node))));
  }

  /** What is along an axis of an active value. */
  Along along(String value, int axis) {
    return of(value).getOrDefault(axis, Along.OTHERS);
  }

  /** The one axis of an active value that is the record's tokens; empty where there is none. */
  OptionalInt only(String value) {
    int[] found =
        of(value).entrySet().stream()
            .filter(axis -> axis.getValue() == Along.TOKENS)
            .mapToInt(Map.Entry::getKey)
            .toArray();
    return found.length == 1 ? OptionalInt.of(found[0]) : OptionalInt.empty();
  }

  /**
   * The axis of a value's gradient, by record, that is all of the record's tokens.
   *
   * @param rank of the gradient: of one more axis where the value has one record behind the other
   */
  Optional<Integer> inRecord(String value, int rank) {
    boolean isParted = rank == shape(value).rank() + 1;
    if (isParted && along(value, 0) == Along.TOKENS_OF_RECORDS) {
      return Optional.of(1);
    }
    OptionalInt axis = only(value);
    boolean isWhole =
        axis.isPresent()
            && rank == shape(value).rank()
            && shape(value).dim(0).equals(batch)
            && mayBeAll(Along.TOKENS, shape(value).dim(axis.getAsInt()));
    return isWhole ? Optional.of(axis.getAsInt()) : Optional.empty();
  }

  /** Whether an axis of a value is of all tokens, or may be: rows that were picked are not. */
  boolean mayHaveAll(String value) {
    return of(value).entrySet().stream()
        .anyMatch(axis -> mayBeAll(axis.getValue(), shape(value).dim(axis.getKey())));
  }

  private boolean mayBeAll(Along along, Dim count) {
    return along == Along.TOKENS_OF_RECORDS
        || (along != Along.OTHERS && (rows.areAll(count, tokens) || count.equals(tokens)));
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
    return operator.is(Trait.MATRIX_PRODUCT) ? product(node) : moved(node, operator);
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

  /** The axes of the first input, where they are in the output. */
  private Map<Integer, Along> moved(Node node, Operator operator) {
    boolean isOfFirst =
        node.inputs().stream()
            .skip(1)
            .noneMatch(input -> active.contains(input) || !of(input).isEmpty());
    if (!isOfFirst) {
      return unknown(node);
    }
    Map<Integer, Along> found = new TreeMap<>();
    for (Map.Entry<Integer, Along> one : of(node.input(0)).entrySet()) {
      Optional<Map.Entry<Integer, Along>> to = moved(node, operator, one.getKey(), one.getValue());
      if (to.isEmpty()) {
        return unknown(node);
      }
      to.filter(place -> place.getKey() != Operator.GONE)
          .ifPresent(place -> add(found, place.getKey(), place.getValue()));
    }
    return found;
  }

  private Optional<Map.Entry<Integer, Along>> moved(
      Node node, Operator operator, int axis, Along along) {
    Shape to = shape(node.output());
    OptionalInt moved = operator.outputAxis(OpInputs.of(graph, node), to, axis);
    if (moved.isPresent()) {
      return Optional.of(Map.entry(moved.getAsInt(), along));
    }
    return operator.is(Trait.KEEPING_ELEMENTS)
        ? joinedOrParted(shape(node.input(0)), axis, along, to)
        : Optional.empty();
  }

  /** Tokens can be joined with the records before them, and parted again. */
  private Optional<Map.Entry<Integer, Along>> joinedOrParted(
      Shape from, int axis, Along along, Shape to) {
    Dim before = before(from, axis);
    Dim all = before.times(from.dim(axis));
    if (along == Along.TOKENS && before.equals(batch) && all.equals(to.dim(0))) {
      return Optional.of(Map.entry(0, Along.TOKENS_OF_RECORDS));
    }
    boolean isParted =
        along == Along.TOKENS_OF_RECORDS
            && to.rank() > 1
            && to.dim(0).equals(batch)
            && to.dim(0).times(to.dim(1)).equals(all);
    return isParted ? Optional.of(Map.entry(1, Along.TOKENS)) : Optional.empty();
  }

  private static Dim before(Shape shape, int axis) {
    return new Shape(shape.dims().subList(0, axis)).size();
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
}
