package io.sparklrp.graph.pass;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes multiplications by a number out of the way of activations: matrix products have a factor
 * that costs nothing ({@code alpha}).
 *
 * <p>So GELU, x Phi(x) = u (1 + erf u) / sqrt 2 with u = x / sqrt 2, is computed of the product
 * that makes x with its bias, both over sqrt 2, and what it lacks is made up for where it is
 * multiplied next; the factor 1/2 of Phi in the relevance pass goes into the product before it.
 */
public final class ScaleFolding {
  /** This pass. */
  public static final Pass<Graph> PASS =
      new Pass<>(
          "scale folding",
          "Moves multiplications by a number into matrix products.",
          ScaleFolding::apply);

  private final Graph graph;
  private final Readers readers;

  /** By node: what its product is to be multiplied by. */
  private final Map<String, Float> alphas = new HashMap<>();

  /** By value: the value that is read in its place. */
  private final Map<String, String> replaced = new LinkedHashMap<>();

  /** By sum of a product and a bias: what both are multiplied by. */
  private final Map<String, Float> sums = new HashMap<>();

  private ScaleFolding(Graph graph) {
    this.graph = graph;
    this.readers = new Readers(graph);
  }

  /** The graph without the multiplications that products can take over. */
  public static Graph apply(Graph graph) {
    ScaleFolding pass = new ScaleFolding(graph);
    graph.nodes().forEach(pass::look);
    return pass.replaced.isEmpty() ? graph : DeadCode.remove(pass.rebuild());
  }

  private void look(Node node) {
    number(node)
        .ifPresent(
            factor -> {
              if (!takeOutOfProducts(node, factor)) {
                takeIntoSum(node, factor);
              }
            });
  }

  /** The number that a node multiplies its first input by; empty where it does not. */
  private Optional<Float> number(Node node) {
    return node.op().equals("Mul") && !readers.isKept(node.output())
        ? graph
            .constant(node.input(1))
            .filter(t -> t.type() == DataType.FLOAT32 && t.size() == 1)
            .filter(t -> graph.value(node.input(0)).rank() > t.shape().length)
            .map(t -> t.toFloats()[0])
        : Optional.empty();
  }

  /** h = c o, where h is only a factor of elementwise products that take c over. */
  private boolean takeOutOfProducts(Node node, float factor) {
    List<Node> products = readers.of(node.output());
    if (products.isEmpty() || !products.stream().allMatch(p -> takesOver(p, node.output()))) {
      return false;
    }
    products.forEach(product -> takeOver(product, node.output(), factor));
    replaced.put(node.output(), node.input(0));
    return true;
  }

  /** Whether an elementwise product by a value can be multiplied before or behind. */
  private boolean takesOver(Node product, String value) {
    return product.op().equals("Mul")
        && (before(product, value).isPresent() || isBehindFree(product));
  }

  private void takeOver(Node product, String value, float factor) {
    before(product, value)
        .map(List::of)
        .orElseGet(() -> readers.of(product.output()))
        .forEach(matrix -> multiply(matrix, factor));
  }

  /** The matrix product that makes the other factor, for this alone. */
  private Optional<Node> before(Node product, String value) {
    String other = product.input(0).equals(value) ? product.input(1) : product.input(0);
    return graph
        .producer(other)
        .filter(ScaleFolding::isMatrixProduct)
        .filter(maker -> readers.only(other).isPresent());
  }

  /** Whether a value is only read by matrix products, as their first factor. */
  private boolean isBehindFree(Node product) {
    List<Node> behind = readers.of(product.output());
    return !behind.isEmpty()
        && !readers.isKept(product.output())
        && behind.stream()
            .allMatch(
                node ->
                    isMatrixProduct(node)
                        && node.input(0).equals(product.output())
                        && !node.input(1).equals(product.output()));
  }

  private static boolean isMatrixProduct(Node node) {
    return Operators.is(node, Trait.MATRIX_PRODUCT) && node.inputs().size() == 2;
  }

  private void multiply(Node matrix, float factor) {
    alphas.merge(matrix.name(), factor, (a, b) -> a * b);
  }

  /**
   * r = c x with x = P + b, where all else that reads x is an elementwise product that can be
   * divided by c behind: x becomes c x.
   */
  private void takeIntoSum(Node node, float factor) {
    String x = node.input(0);
    Optional<Node> sum = graph.producer(x).filter(this::isSumOfProduct);
    List<Node> others = readers.of(x).stream().filter(reader -> !reader.equals(node)).toList();
    boolean canBe =
        sum.isPresent()
            && factor != 0
            && !readers.isKept(x)
            && others.stream()
                .allMatch(
                    other ->
                        other.op().equals("Mul")
                            && !other.input(0).equals(other.input(1))
                            && isBehindFree(other));
    if (canBe) {
      multiply(graph.producer(sum.get().input(0)).orElseThrow(), factor);
      sums.put(sum.get().name(), factor);
      others.forEach(
          other -> readers.of(other.output()).forEach(matrix -> multiply(matrix, 1 / factor)));
      replaced.put(node.output(), x);
    }
  }

  private boolean isSumOfProduct(Node node) {
    return node.op().equals("Add")
        && graph.constant(node.input(1)).filter(bias -> bias.shape().length == 1).isPresent()
        && readers.only(node.input(0)).isPresent()
        && graph.producer(node.input(0)).filter(ScaleFolding::isMatrixProduct).isPresent();
  }

  private Graph rebuild() {
    GraphBuilder builder = GraphBuilder.withInputsOf(graph);
    for (Node node : graph.nodes()) {
      if (!replaced.containsKey(node.output())) {
        builder.add(changed(node, builder));
      }
    }
    return builder.buildLike(graph);
  }

  private Node changed(Node node, GraphBuilder builder) {
    List<String> inputs =
        new ArrayList<>(
            node.inputs().stream().map(name -> replaced.getOrDefault(name, name)).toList());
    Float ofSum = sums.get(node.name());
    if (ofSum != null) {
      inputs.set(1, scaled(node.input(1), ofSum, builder));
    }
    Float alpha = alphas.get(node.name());
    return alpha == null ? node.withInputs(inputs) : product(node.withInputs(inputs), alpha);
  }

  private String scaled(String bias, float factor, GraphBuilder builder) {
    float[] elements = graph.constant(bias).orElseThrow().toFloats();
    for (int i = 0; i < elements.length; i++) {
      elements[i] *= factor;
    }
    Tensor tensor = Tensor.floats(new long[] {elements.length}, elements);
    return builder.shared(bias + ".times." + factor, tensor).name();
  }

  private static Node product(Node node, float factor) {
    Map<String, Attribute> attributes =
        Map.of(
            "transA", Attribute.of(node.integer("transA", 0)),
            "transB", Attribute.of(node.integer("transB", 0)),
            "alpha", Attribute.of(node.decimal("alpha", 1f) * factor));
    return new Node(
        node.name(),
        "FusedMatMul",
        Node.MICROSOFT,
        node.inputs(),
        node.outputs(),
        attributes,
        node.scope());
  }
}
