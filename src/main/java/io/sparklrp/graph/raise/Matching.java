package io.sparklrp.graph.raise;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What patterns ask of a graph. Casts between floats and identities are looked through. */
final class Matching {
  private static final Set<String> PASSING = Set.of("Identity", "Cast");

  private final Graph graph;

  Matching(Graph graph) {
    this.graph = graph;
  }

  Graph graph() {
    return graph;
  }

  /** The value behind identities and casts. */
  String source(String value) {
    String at = value;
    Optional<Node> maker = graph.producer(at);
    while (maker.isPresent()
        && PASSING.contains(maker.get().qualifiedOp())
        && graph.value(maker.get().input(0)).type() == DataType.FLOAT32
        && graph.value(at).type() == DataType.FLOAT32) {
      at = maker.get().input(0);
      maker = graph.producer(at);
    }
    return at;
  }

  boolean isSame(String a, String b) {
    return source(a).equals(source(b));
  }

  /** The node of an operator that makes a value. */
  Optional<Node> node(String value, String op) {
    return graph.producer(source(value)).filter(node -> node.qualifiedOp().equals(op));
  }

  /** The number of a constant all of whose elements are equal. */
  Optional<Double> number(String value) {
    Optional<Tensor> constant =
        graph.constant(source(value)).filter(t -> t.size() > 0 && t.size() <= 4096);
    if (constant.isEmpty()) {
      return Optional.empty();
    }
    double[] numbers = constant.get().toDoubles();
    boolean equal = Arrays.stream(numbers).allMatch(number -> number == numbers[0]);
    return equal ? Optional.of(numbers[0]) : Optional.empty();
  }

  boolean isNumber(String value, double wanted) {
    return number(value).filter(n -> RoundedNumber.is(n, wanted)).isPresent();
  }

  /** The other input of a node of two, if one of them is the given number. */
  Optional<String> besideNumber(Node node, double number) {
    return isNumber(node.input(1), number)
        ? Optional.of(node.input(0))
        : Optional.of(node.input(1)).filter(other -> isNumber(node.input(0), number));
  }

  boolean isConstant(String value) {
    return graph.constant(source(value)).isPresent();
  }

  /** The value whose square this is: Pow(x, 2) or x x. */
  Optional<String> squared(String value) {
    Optional<String> power =
        node(value, "Pow").filter(n -> isNumber(n.input(1), 2)).map(n -> n.input(0));
    return power.isPresent()
        ? power
        : node(value, "Mul").filter(n -> isSame(n.input(0), n.input(1))).map(n -> n.input(0));
  }

  /** The value whose mean over the last axis, kept, this is. */
  Optional<String> meanOfLast(String value) {
    return node(value, "ReduceMean")
        .filter(node -> node.integer("keepdims", 1) == 1)
        .filter(this::isOfLast)
        .map(node -> node.input(0));
  }

  private boolean isOfLast(Node node) {
    Optional<long[]> axes = graph.constant(node.input(1)).map(Tensor::toLongs);
    int rank = graph.value(node.input(0)).rank();
    return axes.isPresent()
        && axes.get().length == 1
        && (axes.get()[0] == -1 || axes.get()[0] == rank - 1);
  }

  /** A value divided by sqrt(v), in any of the ways to write it: x and v. */
  record Normalised(String x, String variance) {}

  /** x / sqrt(v), x * (1 / sqrt(v)), x * v^-0.5. */
  Optional<Normalised> normalised(Node node) {
    if (node.qualifiedOp().equals("Div")) {
      return root(node.input(1)).map(v -> new Normalised(node.input(0), v));
    }
    if (!node.qualifiedOp().equals("Mul")) {
      return Optional.empty();
    }
    Optional<Normalised> second =
        inverseRoot(node.input(1)).map(v -> new Normalised(node.input(0), v));
    return second.isPresent()
        ? second
        : inverseRoot(node.input(0)).map(v -> new Normalised(node.input(1), v));
  }

  private Optional<String> root(String value) {
    Optional<String> root = node(value, "Sqrt").map(node -> node.input(0));
    return root.isPresent() ? root : power(value, 0.5);
  }

  private Optional<String> power(String value, double exponent) {
    return node(value, "Pow").filter(n -> isNumber(n.input(1), exponent)).map(n -> n.input(0));
  }

  private Optional<String> inverseRoot(String value) {
    Optional<String> reciprocal = node(value, "Reciprocal").flatMap(n -> root(n.input(0)));
    if (reciprocal.isPresent()) {
      return reciprocal;
    }
    Optional<String> quotient =
        node(value, "Div").filter(n -> isNumber(n.input(0), 1)).flatMap(n -> root(n.input(1)));
    return quotient.isPresent() ? quotient : power(value, -0.5);
  }

  /**
   * v and epsilon of v + epsilon, which half precision may have rounded to 0: then the least that
   * models have.
   */
  record Shifted(String value, float epsilon) {
    private static final float LEAST = 1e-12f;

    Shifted {
      epsilon = Math.max(epsilon, LEAST);
    }
  }

  Optional<Shifted> shifted(String value) {
    return node(value, "Add")
        .flatMap(
            add ->
                number(add.input(1))
                    .map(e -> new Shifted(add.input(0), e.floatValue()))
                    .or(
                        () ->
                            number(add.input(0))
                                .map(e -> new Shifted(add.input(1), e.floatValue()))));
  }
}
