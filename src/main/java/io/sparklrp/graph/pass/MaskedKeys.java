package io.sparklrp.graph.pass;

import io.sparklrp.graph.DataType;
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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Masks keys instead of scores. A mask of keys, m, is added to all scores of a head, [queries,
 * keys], by a pass over memory that is the largest of all. Here each key of a head has one more
 * element, m / c, and each query has a 1 there: c Q K' + m is one product, c (Q, 1) (K, m / c)'.
 * The 1 comes of the query's bias, and weights have a column of zeros for it, so that nothing is
 * joined.
 */
public final class MaskedKeys {
  /** This pass. */
  public static final Pass<Graph> PASS =
      new Pass<>(
          "masked keys",
          "Gives the mask to the product that makes scores, as an element of keys.",
          MaskedKeys::apply);

  /** Masks over less are no numbers of float32 any more. */
  private static final float LEAST_SCALE = 1e-6f;

  private final Graph graph;
  private final Readers readers;

  /** By the sum of scores and mask: what makes the scores. */
  private final Map<String, Attention> found = new HashMap<>();

  /** Nodes that are made where the sum was. */
  private final Set<String> moved = new HashSet<>();

  private MaskedKeys(Graph graph) {
    this.graph = graph;
    this.readers = new Readers(graph);
  }

  /**
   * How the rows of heads are made.
   *
   * @param product of rows with a weight
   * @param bias that is added; null for none
   * @param split into heads
   * @param byHead heads before rows
   */
  private record Rows(Node product, Node bias, Node split, Node byHead) {}

  /** An attention's scores, and the value that is added to them. */
  private record Attention(Node scores, Rows queries, Rows keys, String mask) {}

  /** The graph with such masks in keys. */
  public static Graph apply(Graph graph) {
    MaskedKeys pass = new MaskedKeys(graph);
    graph.nodes().forEach(pass::look);
    return pass.found.isEmpty() ? graph : DeadCode.remove(pass.rebuild());
  }

  private void look(Node sum) {
    if (!sum.op().equals("Add") || !isMask(sum.input(1)) || !isOnlyOfSoftmax(sum)) {
      return;
    }
    graph
        .producer(sum.input(0))
        .filter(this::areScores)
        .filter(scores -> readers.only(scores.output()).isPresent())
        .ifPresent(scores -> take(sum, scores));
  }

  private void take(Node sum, Node scores) {
    Optional<Rows> queries = rows(scores.input(0));
    Optional<Rows> keys = rows(scores.input(1)).filter(rows -> rows.bias() == null);
    if (queries.isEmpty() || keys.isEmpty() || !haveSameHeads(queries.get(), keys.get())) {
      return;
    }
    Attention attention = new Attention(scores, queries.get(), keys.get(), sum.input(1));
    found.put(sum.name(), attention);
    moved.add(scores.name());
    for (Rows rows : List.of(attention.queries(), attention.keys())) {
      List.of(rows.product(), rows.split(), rows.byHead()).forEach(node -> moved.add(node.name()));
      Optional.ofNullable(rows.bias()).ifPresent(node -> moved.add(node.name()));
    }
  }

  private boolean haveSameHeads(Rows queries, Rows keys) {
    Shape shape = graph.value(queries.split().output()).shape();
    return shape.equals(graph.value(keys.split().output()).shape());
  }

  /** Whether a value has a number for each key, the same for all heads and queries. */
  private boolean isMask(String name) {
    Value value = graph.value(name);
    Shape shape = value.shape();
    return value.type() == DataType.FLOAT32
        && shape.rank() == Heads.RANK
        && shape.dim(1).isOne()
        && shape.dim(2).isOne()
        && !shape.dim(3).isOne()
        && graph.constant(name).isEmpty();
  }

  private boolean isOnlyOfSoftmax(Node sum) {
    return readers
        .only(sum.output())
        .filter(reader -> Heads.isSoftmaxOfKeys(graph, reader))
        .isPresent();
  }

  /** Whether a node is c Q K' of as many queries as keys. */
  private boolean areScores(Node node) {
    Shape shape = graph.value(node.output()).shape();
    return node.op().equals("FusedMatMul")
        && !node.input(0).equals(node.input(1))
        && node.integer("transA", 0) == 0
        && node.integer("transB", 0) == 1
        && node.integer("transBatchA", 0) == 0
        && node.integer("transBatchB", 0) == 0
        && scale(node) > LEAST_SCALE
        && shape.rank() == Heads.RANK
        && shape.dim(2).equals(shape.dim(3));
  }

  /** What makes heads of rows times a weight, and nothing else reads. */
  private Optional<Rows> rows(String heads) {
    Optional<Node> byHead = maker(heads, "Transpose").filter(Heads::isTransposition);
    Optional<Node> split =
        byHead.flatMap(node -> maker(node.input(0), "Reshape")).filter(this::partsRows);
    if (split.isEmpty()) {
      return Optional.empty();
    }
    String rows = split.get().input(0);
    Node bias = maker(rows, "Add").filter(sum -> Heads.isBiased(graph, sum)).orElse(null);
    return graph
        .producer(bias == null ? rows : bias.input(0))
        .filter(node -> readers.only(node.output()).isPresent() && isProduct(node))
        .map(product -> new Rows(product, bias, split.get(), byHead.get()));
  }

  private Optional<Node> maker(String value, String op) {
    return graph
        .producer(value)
        .filter(node -> node.op().equals(op) && readers.only(value).isPresent());
  }

  private boolean partsRows(Node reshape) {
    Shape parts = graph.value(reshape.output()).shape();
    return Heads.partsRows(graph, reshape) && parts.dim(2).isFixed() && parts.dim(3).isFixed();
  }

  private boolean isProduct(Node node) {
    return Operators.is(node, Trait.MATRIX_PRODUCT)
        && node.inputs().size() == 2
        && node.integer("transA", 0) == 0
        && graph
            .constant(node.input(1))
            .filter(weight -> weight.type() == DataType.FLOAT32 && weight.shape().length == 2)
            .isPresent();
  }

  private Graph rebuild() {
    GraphBuilder builder = GraphBuilder.withInputsOf(graph);
    Map<String, String> scores = new HashMap<>();
    for (Node node : graph.nodes()) {
      Attention attention = found.get(node.name());
      if (attention != null) {
        addTo(builder, attention);
        scores.put(node.output(), attention.scores().output());
      } else if (!moved.contains(node.name())) {
        builder.add(
            node.withInputs(
                node.inputs().stream().map(name -> scores.getOrDefault(name, name)).toList()));
      }
    }
    return builder.buildLike(graph);
  }

  /** Adds what makes the scores with their mask, under the name of those without. */
  private void addTo(GraphBuilder builder, Attention attention) {
    Node scores = attention.scores();
    Ops ops = new Ops(builder, scores.name(), scores.scope());
    Shape parts = graph.value(attention.keys().split().output()).shape();
    HeadElement element = new HeadElement((int) parts.dim(2).size(), (int) parts.dim(3).size());
    Rows queries = attention.queries();
    Rows keys = attention.keys();
    Value q = addProduct(builder, queries.product(), element);
    addHeads(queries, ops.add("with_one", q, bias(ops, queries, element)), element, ops);
    Value k = addProduct(builder, keys.product(), element);
    Value mask = ofKeys(ops, attention.mask(), element, scale(scores));
    addHeads(keys, ops.add("with_mask", k, mask), element, ops);
    builder.add(scores);
  }

  private Value addProduct(GraphBuilder builder, Node node, HeadElement element) {
    boolean isTurned = node.integer("transB", 0) == 1;
    Tensor weight = graph.constant(node.input(1)).orElseThrow();
    String name = node.input(1) + ".with_mask" + (isTurned ? ".turned" : "");
    Value wide = builder.shared(name, element.weight(weight, isTurned));
    return builder.add(node.withInputs(List.of(node.input(0), wide.name()))).get(0);
  }

  private Value bias(Ops ops, Rows queries, HeadElement element) {
    Tensor bias =
        queries.bias() == null ? null : graph.constant(queries.bias().input(1)).orElseThrow();
    String name = ops.builder().freeName(queries.product().name() + ".one");
    return ops.builder().initializer(name, element.bias(bias, 1));
  }

  private static void addHeads(Rows rows, Value all, HeadElement element, Ops ops) {
    Value shape = ops.longs(0, 0, element.heads(), element.size() + 1L);
    ops.builder().add(rows.split().withInputs(List.of(all.name(), shape.name())));
    ops.builder().add(rows.byHead());
  }

  /**
   * [records, keys, elements of all heads]: m / c at the further one of each head, else 0. Numbers
   * so low that m / c would be none are as low as they can be: no weight is left of a key either
   * way.
   */
  private static Value ofKeys(Ops ops, String mask, HeadElement element, float scale) {
    String name =
        String.format(
            Locale.ROOT, "%s.of_keys.%dx%d.%s", mask, element.heads(), element.size(), scale);
    if (ops.builder().hasValue(name)) {
      return ops.builder().value(name);
    }
    Value column = ops.reshape("mask", ops.builder().value(mask), 0, -1, 1);
    float lowest = -Float.MAX_VALUE / 2 * Math.min(1, scale);
    Value finite = ops.binary("finite_mask", "Max", column, ops.scalar(lowest));
    Value pattern = ops.builder().shared(name + ".pattern", element.bias(null, 1 / scale));
    List<String> inputs = List.of(finite.name(), pattern.name());
    Node product = new Node(name, "Mul", "", inputs, List.of(name), Map.of(), "");
    return ops.builder().add(product).get(0);
  }

  private static float scale(Node scores) {
    return scores.decimal("alpha", 1f);
  }
}
