package io.sparklrp.graph.op;

import io.sparklrp.graph.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All operators that a graph may have, by name. */
public final class Operators {
  private static final List<Operator> ALL =
      List.of(
          new Unary("Abs", Math::abs, Trait.OF_A_NORM),
          new Add(),
          new Binary("And", (a, b) -> a != 0 && b != 0 ? 1 : 0),
          new ArgMax(),
          new Cast(),
          new Unary("Ceil", Math::ceil),
          new Clip(),
          new Concat(),
          new ConstantOfShape(),
          new Unary("Cos", Math::cos),
          new CumSum(),
          new Div(),
          new Equal(),
          new Unary("Erf"),
          new Unary("Exp", Math::exp),
          new Expand(),
          new Unary("Floor", Math::floor),
          new Gather(),
          new GatherElements(),
          new GatherNd(),
          new Unary("Gelu"),
          new MatrixProduct("Gemm"),
          new Comparison("Greater", (a, b) -> a > b ? 1 : 0),
          new Comparison("GreaterOrEqual", (a, b) -> a >= b ? 1 : 0),
          new Identity(),
          new NumberTest("IsInf"),
          new NumberTest("IsNaN"),
          new LayerNormalization("LayerNormalization", 3),
          new Comparison("Less", (a, b) -> a < b ? 1 : 0),
          new Comparison("LessOrEqual", (a, b) -> a <= b ? 1 : 0),
          new Unary("Log", Math::log),
          new Softmax("LogSoftmax"),
          new MatrixProduct("MatMul"),
          new Extremum("Max", Math::max, Math::max),
          new Extremum("Min", Math::min, Math::min),
          new Binary("Mod"),
          new Mul(),
          new Neg(),
          new NonZero(),
          new Not(),
          new OneHot(),
          new Binary("Or", (a, b) -> a != 0 || b != 0 ? 1 : 0),
          new Pad(),
          new Binary("Pow", Math::pow, Trait.OF_A_NORM),
          new QuantizeLinear(),
          new Range(),
          new Unary("Reciprocal", x -> 1 / x),
          new Reduction("ReduceL2", Trait.LINEAR, Trait.SUMMING),
          new Reduction("ReduceMax", Trait.LINEAR, Trait.SUMMING),
          new Reduction("ReduceMean", Trait.LINEAR, Trait.SUMMING),
          new Reduction("ReduceMin", Trait.LINEAR, Trait.SUMMING),
          new Reduction("ReduceProd"),
          new Reduction("ReduceSum", Trait.LINEAR, Trait.SUMMING),
          new Unary("Relu"),
          new Reshape(),
          new Scan(),
          new ScatterElements(),
          new ScatterNd(),
          new ShapeOf(),
          new Unary("Sigmoid"),
          new Unary("Sign"),
          new LayerNormalization("SimplifiedLayerNormalization", 2),
          new Unary("Sin", Math::sin),
          new Slice(),
          new Softmax("Softmax"),
          new Unary("Sqrt", Math::sqrt, Trait.OF_A_NORM),
          new Squeeze(),
          new Sub(),
          new Sum(),
          new Unary("Tanh"),
          new Tile(),
          new TopK(),
          new Transpose(),
          new Trilu(),
          new Unsqueeze(),
          new Where(),
          new Binary("Xor"),
          new MatrixProduct(Node.MICROSOFT + ".FusedMatMul"),
          new Unary(Node.MICROSOFT + ".Gelu"),
          new MatMulIntegerToFloat(),
          new Unary(Node.MICROSOFT + ".QuickGelu"),
          new RotaryEmbedding());

  private static final Map<String, Operator> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Operator::name, Function.identity()));

  private Operators() {}

  /** All of them, sorted by name, those of other domains at the end. */
  public static List<Operator> all() {
    return ALL;
  }

  /** The operator of a name with its domain; empty where it is not known. */
  public static Optional<Operator> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /**
   * The operator of a node.
   *
   * @throws IllegalArgumentException if it is not known
   */
  public static Operator of(Node node) {
    return named(node.qualifiedOp())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot infer the shape of node "
                        + node.name()
                        + ": operator "
                        + node.qualifiedOp()
                        + " is not known."));
  }

  /** Whether a node does something. */
  public static boolean is(Node node, Trait trait) {
    return of(node).is(trait);
  }

  /**
   * Whether a node moves, scales, shifts or masks its input {@code from}: affine, and element by
   * element.
   */
  public static boolean isPassing(Node node, String from) {
    return is(node, Trait.MOVING) || of(node).isAffineIn(node.inputs().indexOf(from));
  }

  /**
   * Types and shapes of a node's outputs in order, optional ones included.
   *
   * @throws IllegalArgumentException if they cannot be told; it names the node
   */
  public static List<ValueType> outputs(OpInputs in) {
    Node node = in.node();
    Operator operator = of(node);
    try {
      return operator.outputs(in);
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "Cannot infer the shape of node "
              + node.name()
              + " ("
              + node.qualifiedOp()
              + "): "
              + e.getMessage(),
          e);
    }
  }
}
