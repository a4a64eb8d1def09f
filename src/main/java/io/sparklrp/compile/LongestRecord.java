package io.sparklrp.compile;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.raise.ConstantFolding;
import java.util.List;
import java.util.Optional;

/**
 * Checks what a graph of strangers makes of the longest record before it is run: with the inputs'
 * sizes fixed, every size must be a number within {@link GraphBuilder}'s limits, or be of something
 * that is picked out of a value. Sizes that depend on what the record says are refused.
 */
final class LongestRecord {
  private static final String BATCH = "batch";
  private static final int ROUNDS = 3;

  private LongestRecord() {}

  /**
   * Checks a forward pass.
   *
   * @param length tokens of the longest record
   * @param model its name
   * @throws UserException if a value is or may be too large; it is named
   */
  static void check(Graph graph, int length, String model) {
    try {
      Graph fixed = fixed(graph, length);
      for (int round = 0; round < ROUNDS; round++) {
        fixed = ConstantFolding.apply(fixed);
      }
      for (Node node : fixed.nodes()) {
        checkSize(node, fixed);
      }
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw new UserException(
          String.format(
              "Cannot use model %s for records of %d tokens: %s. Use a smaller --max-length, or another model.",
              model, length, plain(e.getMessage())),
          e);
    }
  }

  private static String plain(String message) {
    return String.valueOf(message).replaceAll("\\p{Cntrl}", "?").replaceAll("\\.$", "");
  }

  private static Graph fixed(Graph graph, int length) {
    GraphBuilder builder = new GraphBuilder(graph.name());
    for (Value input : graph.inputs()) {
      List<Dim> dims = input.shape().dims().stream().map(dim -> fixed(dim, length)).toList();
      builder.input(input.name(), input.type(), new Shape(dims));
    }
    graph.initializers().forEach(builder::initializer);
    graph.nodes().forEach(builder::add);
    return builder.buildLike(graph);
  }

  private static Dim fixed(Dim dim, int length) {
    Dim size = Dim.of(dim.factor());
    for (String symbol : dim.symbols()) {
      size = size.times(Dim.of(symbol.equals(BATCH) ? 1 : length));
    }
    return size;
  }

  private static void checkSize(Node node, Graph graph) {
    List<Integer> sizes = Operators.of(node).sizeInputs();
    if (sizes.isEmpty() || graph.value(node.output()).shape().isFixed()) {
      return;
    }
    if (!sizes.stream().allMatch(input -> isKnown(graph, node, input))) {
      throw new IllegalArgumentException(
          String.format(
              "the size of what node %s (%s) makes depends on the record's tokens",
              node.name(), node.op()));
    }
  }

  /** A constant, or numbers and sizes of which nothing is multiplied by each other. */
  private static boolean isKnown(Graph graph, Node node, int input) {
    if (!node.hasInput(input) || graph.constant(node.input(input)).isPresent()) {
      return true;
    }
    Optional<List<Optional<Size>>> sizes = graph.sizes(node.input(input));
    return sizes.isPresent()
        && sizes.get().stream()
            .allMatch(size -> size.isPresent() && size.get().symbols().size() <= 1);
  }
}
