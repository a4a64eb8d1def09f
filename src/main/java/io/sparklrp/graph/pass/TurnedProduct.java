package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Multiplies by attention weights as they lie in memory. What values get in the relevance pass is
 * P' R, with P [queries, keys] turned, which the engine does slowly: it copies P. Here it is made
 * as (R' P)', where R is small and is turned anyway, from [sequence, heads] to [heads, sequence]
 * and back. What is then summed over heads and their elements is summed in the order in which it
 * lies.
 */
public final class TurnedProduct {
  /** This pass. */
  public static final Pass<Graph> PASS =
      new Pass<>(
          "turned product",
          "Reads attention weights as they lie in the relevance pass.",
          TurnedProduct::apply);

  private static final List<Long> BY_HEAD_TURNED = List.of(0L, 2L, 3L, 1L);
  private static final List<Long> BACK_FROM_TURNED = List.of(0L, 3L, 1L, 2L);

  private final Graph graph;
  private final Readers readers;

  /** By product: the transposition of its second factor. */
  private final Map<String, Node> products = new HashMap<>();

  /** By elementwise product whose sum is all that is read: its other factor's transposition. */
  private final Map<String, Node> factors = new HashMap<>();

  /** By sum over heads: the elementwise product. */
  private final Map<String, String> summed = new HashMap<>();

  /** Transpositions of products. */
  private final Set<String> turnedBack = new HashSet<>();

  /** Nodes that nothing reads any more. */
  private final Set<String> left = new HashSet<>();

  private TurnedProduct(Graph graph) {
    this.graph = graph;
    this.readers = new Readers(graph);
  }

  /** The graph with such products turned. */
  public static Graph apply(Graph graph) {
    TurnedProduct pass = new TurnedProduct(graph);
    graph.nodes().forEach(pass::look);
    return pass.products.isEmpty() ? graph : pass.rebuild();
  }

  private void look(Node node) {
    if (!isTurned(node)) {
      return;
    }
    Optional<Node> second =
        graph
            .producer(node.input(1))
            .filter(
                maker -> Heads.isTransposition(maker) && readers.only(node.input(1)).isPresent())
            .filter(maker -> !isTurnedProduct(maker.input(0)));
    List<Node> reading = readers.of(node.output());
    boolean canBe =
        second.isPresent()
            && !readers.isKept(node.output())
            && !reading.isEmpty()
            && reading.stream()
                .allMatch(r -> Heads.isTransposition(r) || isSummed(r, node.output()));
    if (canBe) {
      products.put(node.name(), second.get());
      left.add(second.get().name());
      reading.forEach(reader -> take(reader, node.output()));
    }
  }

  private void take(Node reader, String product) {
    if (Heads.isTransposition(reader)) {
      turnedBack.add(reader.name());
      return;
    }
    Node bySize = readers.only(reader.output()).orElseThrow();
    Node byHead = readers.only(bySize.output()).orElseThrow();
    factors.put(reader.name(), graph.producer(other(reader, product)).orElseThrow());
    left.add(bySize.name());
    summed.put(byHead.name(), reader.output());
  }

  private boolean isTurned(Node node) {
    return node.op().equals("FusedMatMul")
        && node.integer("transA", 0) == 1
        && node.integer("transB", 0) == 0
        && node.integer("transBatchA", 0) == 0
        && node.integer("transBatchB", 0) == 0
        && graph.value(node.input(0)).rank() == Heads.RANK
        && graph.value(node.input(1)).rank() == Heads.RANK
        && !node.input(0).equals(node.input(1))
        && graph.constant(node.input(0)).isEmpty();
  }

  /** Whether a value is one that this pass may make in another way. */
  private boolean isTurnedProduct(String value) {
    return graph.producer(value).filter(this::isTurned).isPresent();
  }

  /** Whether a node multiplies a value by one of the same layout, to be summed by row. */
  private boolean isSummed(Node node, String value) {
    return node.op().equals("Mul")
        && !node.input(0).equals(node.input(1))
        && graph
            .producer(other(node, value))
            .filter(Heads::isTransposition)
            .filter(factor -> !isTurnedProduct(factor.input(0)))
            .isPresent()
        && readers
            .only(node.output())
            .filter(bySize -> isSum(bySize, 3))
            .flatMap(bySize -> readers.only(bySize.output()))
            .filter(byHead -> isSum(byHead, 1))
            .isPresent();
  }

  private boolean isSum(Node node, long axis) {
    return node.op().equals("ReduceSum")
        && node.integer("keepdims", 1) == 0
        && graph
            .constant(node.input(1))
            .map(Tensor::toLongs)
            .filter(axes -> axes.length == 1 && axes[0] == axis)
            .isPresent();
  }

  private static String other(Node node, String value) {
    return node.input(0).equals(value) ? node.input(1) : node.input(0);
  }

  private Graph rebuild() {
    GraphBuilder builder = GraphBuilder.withInputsOf(graph);
    Map<String, String> rows = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (products.containsKey(node.name())) {
        rows.put(node.output(), turned(node, builder).name());
      } else if (!left.contains(node.name())) {
        builder.add(changed(node, rows, builder));
      }
    }
    return DeadCode.remove(builder.buildLike(graph));
  }

  /** A product's rows, [records, sequence, heads, size]. */
  private Value turned(Node node, GraphBuilder builder) {
    Ops ops = new Ops(builder, node.name(), node.scope());
    Value rows = builder.value(products.get(node.name()).input(0));
    Value product =
        ops.fusedMatMul(
            "turned",
            ops.transpose("turned_factor", rows, BY_HEAD_TURNED),
            false,
            builder.value(node.input(0)),
            false,
            node.decimal("alpha", 1f));
    return ops.transpose("rows", product, BACK_FROM_TURNED);
  }

  private Node changed(Node node, Map<String, String> rows, GraphBuilder builder) {
    if (turnedBack.contains(node.name())) {
      List<String> input = List.of(rows.get(node.input(0)));
      return new Node(node.name(), "Identity", "", input, node.outputs(), Map.of(), node.scope());
    }
    if (factors.containsKey(node.name())) {
      Node factor = factors.get(node.name());
      String product = node.input(0).equals(factor.output()) ? node.input(1) : node.input(0);
      return node.withInputs(List.of(rows.get(product), factor.input(0)));
    }
    String products = summed.get(node.name());
    return products == null
        ? node
        : node.withInputs(
            List.of(products, new Ops(builder, node.name(), node.scope()).longs(2, 3).name()));
  }
}
