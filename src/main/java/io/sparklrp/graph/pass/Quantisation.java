package io.sparklrp.graph.pass;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Products of activations with weights in whole numbers of eight bits.
 *
 * <p>Every row of activations has a scale of its own, its largest element over 127: one scale for a
 * whole tensor, as dynamic quantisation has it, ruins relevance, whose rows differ by orders of
 * magnitude. A row becomes unsigned numbers around 128, since signed ones are much slower in the
 * engine's kernel. The same weight is quantised once for each way in which it is multiplied, with
 * scales of its own.
 *
 * <p>Products of one row a record stay as they are: they are a small part of the work, and lead to
 * the outputs.
 */
public final class Quantisation {
  /** Weights of fewer rows or columns are not worth a step between kinds of numbers. */
  private static final long LEAST_SIZE = 16;

  /** Rows this wide are read twice more quickly than they are written down and read. */
  private static final long WIDE = 1024;

  private static final Set<String> ONE_A_RECORD = Set.of("batch", "rows", "targets");

  private final Graph graph;
  private final GraphBuilder builder;
  private final Predicate<Node> which;
  private final int largest;
  private final Map<String, Rows> rows = new HashMap<>();
  private final Map<Shape, Value> middles = new HashMap<>();
  private final Map<String, QuantisedWeight> weights = new HashMap<>();

  /**
   * A quantised value.
   *
   * @param numbers uint8, of the value's shape
   * @param scales float32, what one step of a row's numbers is; the last dimension is 1
   */
  private record Rows(Value numbers, Value scales) {}

  private Quantisation(Graph graph, Predicate<Node> which, int largest) {
    this.graph = graph;
    this.builder = GraphBuilder.withInputsOf(graph);
    this.which = which;
    this.largest = largest;
  }

  /**
   * This pass.
   *
   * @param which of which nodes products are changed
   * @param weightBits bits of weights, with the sign: eight, or seven where the engine's kernel
   *     adds up pairs of products in sixteen bits
   */
  public static Pass<Graph> pass(Predicate<Node> which, int weightBits) {
    return new Pass<>(
        "quantisation",
        "Computes products with weights in whole numbers of eight bits, scaled row by row.",
        graph -> apply(graph, which, weightBits));
  }

  /** The graph with its products with weights quantised. */
  static Graph apply(Graph graph, Predicate<Node> which, int weightBits) {
    int largest = (1 << (weightBits - 1)) - 1;
    return DeadCode.remove(new Quantisation(graph, which, largest).rebuild());
  }

  private Graph rebuild() {
    for (Node node : graph.nodes()) {
      if (which.test(node) && isQuantisable(node)) {
        quantise(node);
      } else {
        builder.add(node);
      }
    }
    return builder.buildLike(graph);
  }

  private boolean isQuantisable(Node node) {
    return Operators.is(node, Trait.MATRIX_PRODUCT)
        && node.inputs().size() == 2
        && node.integer("transA", 0) == 0
        && graph.constant(node.input(1)).filter(Quantisation::isWeight).isPresent()
        && graph.value(node.input(0)).type() == DataType.FLOAT32
        && hasRows(graph.value(node.input(0)));
  }

  private static boolean isWeight(Tensor tensor) {
    return tensor.type() == DataType.FLOAT32
        && tensor.shape().length == 2
        && Math.min(tensor.shape()[0], tensor.shape()[1]) >= LEAST_SIZE;
  }

  /** Whether a record has several rows of a value. */
  private static boolean hasRows(Value value) {
    return value.shape().dims().subList(0, value.rank() - 1).stream()
        .anyMatch(Quantisation::isOfTokens);
  }

  private static boolean isOfTokens(Dim dim) {
    return dim.factor() > 1
        || dim.symbols().stream().anyMatch(symbol -> !ONE_A_RECORD.contains(symbol));
  }

  private void quantise(Node node) {
    Ops ops = new Ops(builder, node.name(), node.scope());
    boolean isTurned = node.integer("transB", 0) == 1;
    long width = graph.constant(node.input(1)).orElseThrow().shape()[isTurned ? 1 : 0];
    Rows first = rows.computeIfAbsent(node.input(0), name -> rows(ops, builder.value(name), width));
    String weight = node.input(1) + (isTurned ? ".int8.turned" : ".int8");
    float alpha = node.decimal("alpha", 1f);
    QuantisedWeight second = weight(weight, node.input(1), isTurned);
    Value product =
        ops.integerProduct(
            "whole",
            first.numbers(),
            builder.shared(weight, second.numbers()),
            builder.shared(weight + ".scales", second.scales()));
    Value scales =
        alpha == 1f ? first.scales() : ops.mul("alpha", first.scales(), ops.scalar(alpha));
    List<String> inputs = List.of(product.name(), scales.name());
    builder.add(new Node(node.name(), "Mul", "", inputs, node.outputs(), Map.of(), node.scope()));
  }

  private QuantisedWeight weight(String name, String of, boolean isTurned) {
    return weights.computeIfAbsent(
        name, made -> QuantisedWeight.of(graph.constant(of).orElseThrow(), isTurned, largest));
  }

  /** A row of zeros stays one whatever its numbers are: its scale is zero too. */
  private Rows rows(Ops ops, Value value, long width) {
    Value scales = ops.mul("scales", largest(ops, value, width), ops.scalar(1f / 127));
    Value zeros = middles.computeIfAbsent(scales.shape(), shape -> ops.middles("all", scales));
    return new Rows(ops.quantizeRows("numbers", value, scales, zeros, width), scales);
  }

  /**
   * The largest size in each row: what is written on the way is read again where rows are short.
   */
  private static Value largest(Ops ops, Value value, long width) {
    if (width < WIDE) {
      return ops.reduceMax("largest", ops.unary("sizes", "Abs", value), true, -1);
    }
    Value lowest = ops.unary("negated", "Neg", ops.reduceMin("lowest", value, true, -1));
    return ops.binary("largest", "Max", ops.reduceMax("highest", value, true, -1), lowest);
  }
}
