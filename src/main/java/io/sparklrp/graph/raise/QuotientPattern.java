package io.sparklrp.graph.raise;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;

/**
 * a / b of two computed values as a (1 / b), and b^-n as 1 / b^n: what normalises is then one
 * factor, which methods may hold constant.
 */
final class QuotientPattern implements Pattern {
  @Override
  public boolean raise(Node root, Matching graph, GraphBuilder target) {
    return switch (root.qualifiedOp()) {
      case "Div" -> quotient(root, graph, target);
      case "Pow" -> power(root, graph, target);
      default -> false;
    };
  }

  private static boolean quotient(Node root, Matching graph, GraphBuilder target) {
    boolean isComputed =
        graph.graph().value(root.output()).type() == DataType.FLOAT32
            && !graph.isConstant(root.input(1));
    if (!isComputed) {
      return false;
    }
    if (graph.isNumber(root.input(0), 1) && graph.graph().value(root.input(0)).rank() == 0) {
      write(root, "Reciprocal", List.of(root.input(1)), target);
      return true;
    }
    String factor = inverse(root, root.input(1), target);
    write(root, "Mul", List.of(root.input(0), factor), target);
    return true;
  }

  private static boolean power(Node root, Matching graph, GraphBuilder target) {
    boolean isInverseRoot = graph.isNumber(root.input(1), -0.5);
    if (!isInverseRoot || graph.isConstant(root.input(0))) {
      return false;
    }
    String name = target.freeName(root.name() + ".root");
    target.add(
        new Node(name, "Sqrt", "", List.of(root.input(0)), List.of(name), Map.of(), root.scope()));
    write(root, "Reciprocal", List.of(name), target);
    return true;
  }

  private static String inverse(Node root, String value, GraphBuilder target) {
    String name = target.freeName(root.name() + ".inverse");
    Value made =
        target
            .add(
                new Node(
                    name, "Reciprocal", "", List.of(value), List.of(name), Map.of(), root.scope()))
            .get(0);
    return made.name();
  }

  private static void write(Node root, String op, List<String> inputs, GraphBuilder target) {
    target.add(new Node(root.name(), op, "", inputs, root.outputs(), Map.of(), root.scope()));
  }
}
