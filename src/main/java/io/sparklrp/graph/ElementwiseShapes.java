package io.sparklrp.graph;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Operators that work element by element, with broadcasting. */
final class ElementwiseShapes {
  private static final List<String> UNARY =
      List.of(
          "Abs",
          "Ceil",
          "Cos",
          "Erf",
          "Exp",
          "Floor",
          "Gelu",
          "Identity",
          "Log",
          "Neg",
          "Not",
          "Reciprocal",
          "Relu",
          "Sigmoid",
          "Sign",
          "Sin",
          "Sqrt",
          "Tanh",
          Node.MICROSOFT + ".Gelu",
          Node.MICROSOFT + ".QuickGelu");

  /** Of the shape of their input, each element from several. */
  private static final List<String> MIXING =
      List.of("Clip", "CumSum", "LogSoftmax", "Softmax", Node.MICROSOFT + ".RotaryEmbedding");

  private static final List<String> BINARY =
      List.of("Add", "Sub", "Mul", "Div", "Mod", "Pow", "And", "Or", "Xor");
  private static final List<String> VARIADIC = List.of("Max", "Min", "Sum");
  private static final List<String> COMPARISON =
      List.of("Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual");
  private static final List<String> TESTS = List.of("IsNaN", "IsInf");

  /** Operators each element of whose output depends on the inputs' elements at its place alone. */
  static final Set<String> ELEMENTWISE =
      Stream.of(UNARY, BINARY, VARIADIC, COMPARISON, TESTS, List.of("Where", "Cast"))
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableSet());

  private ElementwiseShapes() {}

  static void register(Map<String, ShapeRule> rules) {
    UNARY.forEach(op -> rules.put(op, ShapeRule.first(in -> in.shape(0))));
    MIXING.forEach(op -> rules.put(op, ShapeRule.first(in -> in.shape(0))));
    BINARY.forEach(op -> rules.put(op, ShapeRule.first(ElementwiseShapes::broadcast)));
    COMPARISON.forEach(
        op -> rules.put(op, ShapeRule.of(DataType.BOOL, ElementwiseShapes::broadcast)));
    TESTS.forEach(op -> rules.put(op, ShapeRule.of(DataType.BOOL, in -> in.shape(0))));
    VARIADIC.forEach(op -> rules.put(op, ShapeRule.first(ElementwiseShapes::broadcastAll)));
    rules.put("Where", ElementwiseShapes::where);
    rules.put("Cast", ElementwiseShapes::cast);
    rules.put("LayerNormalization", ElementwiseShapes::layerNormalization);
    rules.put("SimplifiedLayerNormalization", in -> layerNormalization(in).subList(0, 2));
  }

  private static Shape broadcast(OpInputs in) {
    return in.shape(0).broadcast(in.shape(1));
  }

  private static Shape broadcastAll(OpInputs in) {
    Shape shape = in.shape(0);
    for (int i = 1; i < in.node().inputs().size(); i++) {
      shape = shape.broadcast(in.shape(i));
    }
    return shape;
  }

  private static List<ShapeRule.Typed> where(OpInputs in) {
    Shape shape = in.shape(0).broadcast(in.shape(1)).broadcast(in.shape(2));
    return List.of(new ShapeRule.Typed(in.type(1), shape));
  }

  private static List<ShapeRule.Typed> cast(OpInputs in) {
    DataType type = OnnxTypes.ofCode(in.node().integer("to", 0));
    return List.of(new ShapeRule.Typed(type, in.shape(0)));
  }

  private static List<ShapeRule.Typed> layerNormalization(OpInputs in) {
    Shape shape = in.shape(0);
    Shape statistics = shape;
    for (int axis = shape.axis(in.node().integer("axis", -1)); axis < shape.rank(); axis++) {
      statistics = statistics.with(axis, Dim.of(1));
    }
    ShapeRule.Typed statistic = new ShapeRule.Typed(DataType.FLOAT32, statistics);
    return List.of(new ShapeRule.Typed(in.type(0), shape), statistic, statistic);
  }
}
