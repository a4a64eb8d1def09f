package io.sparklrp.graph.flow;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.op.InputAxis;
import io.sparklrp.graph.op.OpInputs;
import io.sparklrp.graph.op.Operator;
import io.sparklrp.graph.op.Operators;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a graph's output for one record can depend on the batch that the record is in: on the
 * number of tokens that it is padded to, or on other records.
 *
 * <p>Sizes may be read to make shapes with; that is no dependence. But where a size becomes a
 * number that is computed with, results can change at any length, which no test of a few lengths
 * finds. What is not understood counts as a dependence. Whether padding itself is masked out is not
 * looked at: that shows in numbers at any length.
 */
public final class BatchDependence {
  private static final String BATCH = "batch";

  private final Graph graph;
  private final RecordNumbers numbers;
  private final Map<String, Influence> influences = new HashMap<>();

  private BatchDependence(Graph graph) {
    this.graph = graph;
    this.numbers = new RecordNumbers(graph);
  }

  /**
   * What a graph's output depends on.
   *
   * @param width the node that reads the number of tokens of the batch as a number
   * @param lengths the node that reads something of other records which depends only on how long
   *     they are
   * @param records the node that reads other records, or how many there are
   */
  public record Result(
      Optional<String> width, Optional<String> lengths, Optional<String> records) {}

  /** Analyses a graph, one of whose values is the output. */
  public static Result of(Graph graph, String output) {
    Influence found = new BatchDependence(graph).at(output);
    return new Result(found.width(), found.lengths(), found.records());
  }

  private Influence at(String output) {
    graph.inputs().forEach(input -> influences.put(input.name(), ofInput(input)));
    for (Node node : graph.nodes()) {
      Influence influence = ofNode(node);
      node.outputs().stream()
          .filter(name -> !name.isEmpty())
          .forEach(name -> influences.put(name, ofOutput(node, graph.value(name), influence)));
    }
    return influence(output);
  }

  private static Influence ofInput(Value input) {
    return switch (input.name()) {
      case "attention_mask" -> Influence.MASK;
      case "position_ids" -> Influence.NONE;
      default -> Influence.CONTENT;
    };
  }

  private Influence influence(String value) {
    return influences.getOrDefault(value, Influence.NONE);
  }

  private Influence ofNode(Node node) {
    numbers.note(node, value -> influence(value).equals(Influence.NONE));
    if (isZero(node) || numbers.tell(node.output())) {
      return Influence.NONE;
    }
    if (numbers.place(node.output()).isPresent()) {
      return influence(numbers.place(node.output()).get());
    }
    Operator operator = Operators.of(node);
    OpInputs in = OpInputs.of(graph, node);
    Influence all = Influence.NONE;
    for (int i = 0; i < node.inputs().size(); i++) {
      if (node.hasInput(i) && !operator.readsAsShape(in, i)) {
        all = all.and(influence(node.input(i)));
      }
    }
    for (InputAxis axis : operator.mixedAxes(in)) {
      Dim dim = dim(node, axis);
      boolean isRunning = node.op().equals("CumSum") && node.integer("reverse", 0) == 0;
      boolean isWidth = dim.symbols().stream().anyMatch(symbol -> !symbol.equals(BATCH));
      all = isWidth && !isRunning && all.isOfPlaces() ? all.ofWidth(node.name()) : all;
      all = isOfRecords(dim) ? all.mixed(node.name()) : all;
    }
    boolean picksOthers =
        operator.pickedAxes(in).stream()
            .filter(axis -> isOfRecords(dim(node, axis)))
            .anyMatch(axis -> axis.axis() != 0 || !numbers.pickOwn(node));
    return picksOthers || !keepsRecords(operator, in) ? all.mixed(node.name()) : all;
  }

  private Dim dim(Node node, InputAxis axis) {
    return graph.value(node.input(axis.input())).shape().dim(axis.axis());
  }

  private static boolean isShape(Node node) {
    return node.op().equals("Shape");
  }

  /** A product with 0 is a way to get zeros of a value's shape. */
  private boolean isZero(Node node) {
    return node.op().equals("Mul")
        && node.inputs().stream()
            .anyMatch(
                input ->
                    graph.constant(input).isPresent()
                        && graph
                            .sizes(input)
                            .filter(all -> all.equals(List.of(Optional.of(Size.of(0)))))
                            .isPresent());
  }

  /** Where the elements are known as products of dimensions, these tell what is read of sizes. */
  private Influence ofOutput(Node node, Value output, Influence influence) {
    Optional<List<Optional<Size>>> sizes = graph.sizes(output.name());
    boolean areKnown = sizes.isPresent() && sizes.get().stream().allMatch(Optional::isPresent);
    if (!areKnown) {
      boolean reads = isShape(node);
      return reads ? influence.ofWidth(node.name()).ofRecords(node.name()) : influence;
    }
    Influence known = Influence.NONE;
    for (Optional<Size> size : sizes.orElseThrow()) {
      for (String symbol : size.orElseThrow().symbols()) {
        known = symbol.equals(BATCH) ? known.ofRecords(node.name()) : known.ofWidth(node.name());
      }
    }
    return known;
  }

  private static boolean isOfRecords(Dim dim) {
    return dim.symbols().contains(BATCH);
  }

  /** The axis of records; -1 where there is none, -2 where there are several. */
  private static int recordAxis(Shape shape) {
    int found = -1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      long count = shape.dim(axis).symbols().stream().filter(BATCH::equals).count();
      if (count > 0) {
        found = found == -1 && count == 1 ? axis : -2;
      }
    }
    return found;
  }

  /** Whether what is one record's in the inputs is that record's in the output. */
  private boolean keepsRecords(Operator operator, OpInputs in) {
    Node node = in.node();
    if (isShape(node)) {
      return true;
    }
    Shape output = graph.value(node.output()).shape();
    int to = recordAxis(output);
    for (int i = 0; i < node.inputs().size(); i++) {
      if (node.hasInput(i) && !operator.readsAsShape(in, i)) {
        int from = recordAxis(in.shape(i));
        if (from == -2 || (from >= 0 && to < 0)) {
          return false;
        }
      }
    }
    int from = node.hasInput(0) ? recordAxis(in.shape(0)) : -1;
    return to != -2 && (from < 0 || operator.keepsPlaces(in, from, output, to));
  }
}
