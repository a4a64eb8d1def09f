package io.sparklrp.oracle;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The oracle: computes a graph in double precision by plain loops, as ONNX's operator specification
 * says, without native code and without the product's.
 */
public final class Interpreter {
  /** One operator. */
  @FunctionalInterface
  interface Operator {
    List<DoubleTensor> apply(Node node, List<DoubleTensor> inputs);
  }

  private static final Map<String, Operator> OPERATORS = new HashMap<>();

  static {
    ElementwiseOperators.register(OPERATORS);
    MatrixOperators.register(OPERATORS);
    ReductionOperators.register(OPERATORS);
    LayoutOperators.register(OPERATORS);
    IndexOperators.register(OPERATORS);
  }

  private Interpreter() {}

  /** All values of a graph for the given inputs. */
  public static Map<String, DoubleTensor> run(Graph graph, Map<String, DoubleTensor> inputs) {
    Map<String, DoubleTensor> values = new HashMap<>(inputs);
    graph.initializers().forEach((name, tensor) -> values.put(name, DoubleTensor.of(tensor)));
    for (Node node : graph.nodes()) {
      List<DoubleTensor> outputs =
          node.op().equals("Scan") ? Scan.run(node, values) : apply(node, values);
      for (int i = 0; i < node.outputs().size(); i++) {
        values.put(node.outputs().get(i), i < outputs.size() ? outputs.get(i) : null);
      }
    }
    return values;
  }

  /** Whether an operator can be computed here. */
  public static boolean knows(String qualifiedOp) {
    return OPERATORS.containsKey(qualifiedOp);
  }

  /** The outputs of one node, of the values that it reads. */
  public static List<DoubleTensor> apply(Node node, Map<String, DoubleTensor> values) {
    Operator operator = OPERATORS.get(node.qualifiedOp());
    if (operator == null) {
      throw new AssertionError(
          "The interpreter has no operator " + node.qualifiedOp() + " (" + node.name() + ")");
    }
    List<DoubleTensor> inputs =
        node.inputs().stream()
            .map(name -> name.isEmpty() ? null : values.get(name))
            .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
    try {
      return operator.apply(node, inputs);
    } catch (RuntimeException e) {
      throw new AssertionError("The interpreter failed at " + node, e);
    }
  }
}
