package io.sparklrp.graph.raise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.RandomTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of a pattern becomes its operator, and computes the same. */
class RaisingTest {
  private static final Dim BATCH = Dim.symbol("batch");
  private static final Dim SEQUENCE = Dim.symbol("sequence");

  private final GraphBuilder builder = new GraphBuilder("g");
  private final Ops ops = new Ops(builder, "n", "");
  private final Value x =
      builder.input("x", DataType.FLOAT32, Shape.of(BATCH, SEQUENCE, Dim.of(4)));

  private Value vector(String name) {
    return builder.initializer(name, Tensor.floats(new long[] {4}, 1f, -2f, 0.5f, 3f));
  }

  /** Raises, compares what is computed, and gives the operators that are left. */
  private List<String> raised(Value output) {
    return raised(output, 1e-6);
  }

  private List<String> raised(Value output, double close) {
    Graph before = builder.build(List.of(output));
    Graph after = Raising.apply(before);
    Map<String, DoubleTensor> inputs = Map.of("x", RandomTensor.of(1, 2, 3, 4));
    assertThat(Interpreter.run(after, inputs).get(output.name()).data())
        .containsExactly(Interpreter.run(before, inputs).get(output.name()).data(), within(close));
    return after.nodes().stream().map(Node::qualifiedOp).toList();
  }

  private Value square(Value value, String form) {
    return form.equals("pow")
        ? ops.op("square", "Pow", Map.of(), value, ops.scalar(2f))
        : ops.mul("square", value, value);
  }

  private Value normalised(Value value, Value squares, String form) {
    Value shifted =
        ops.add("shifted", ops.reduceMean("mean", squares, true, -1), ops.scalar(1e-3f));
    Value root = ops.unary("root", "Sqrt", shifted);
    return switch (form) {
      case "div" -> ops.div("unit", value, root);
      case "reciprocal" -> ops.mul("unit", value, ops.unary("inverse", "Reciprocal", root));
      case "one_over" -> ops.mul("unit", ops.div("inverse", ops.scalar(1f), root), value);
      default ->
          ops.mul("unit", value, ops.op("inverse", "Pow", Map.of(), shifted, ops.scalar(-0.5f)));
    };
  }

  @ParameterizedTest
  @CsvSource({"pow, div", "mul, reciprocal", "pow, one_over", "mul, power"})
  void layerNorm(String square, String form) {
    Value centred = ops.sub("centred", x, ops.reduceMean("mean", x, true, 2));
    Value unit = normalised(centred, square(centred, square), form);
    Value scaled = ops.mul("scaled", vector("gamma"), unit);
    assertThat(raised(ops.add("norm", scaled, vector("beta"))))
        .containsExactly("LayerNormalization");
  }

  @Test
  void layerNormWithoutParameters() {
    Value centred = ops.sub("centred", x, ops.reduceMean("mean", x, true, -1));
    assertThat(raised(normalised(centred, square(centred, "pow"), "div")))
        .containsExactly("LayerNormalization");
  }

  @ParameterizedTest
  @CsvSource({"pow, div", "mul, reciprocal", "pow, one_over", "mul, power"})
  void rmsNorm(String square, String form) {
    Value cast = ops.unary("cast", "Identity", x);
    Value unit = ops.unary("back", "Identity", normalised(cast, square(cast, square), form));
    assertThat(raised(ops.mul("norm", vector("scale"), unit)))
        .containsExactly("SimplifiedLayerNormalization");
  }

  /** sqrt 2 and its inverse as float32, half precision and bfloat16 have them. */
  @ParameterizedTest
  @CsvSource({
    "0, 1.4142135", "1, 0.70710677", "2, 1.4142135", "3, 0.70710677", "0, 1.4140625",
    "1, 0.70703125", "2, 1.4150391", "3, 0.70751953", "0, 1.4140625", "1, 0.70703125",
    "2, 1.421875", "3, 0.7109375"
  })
  void gelu(int order, float scale) {
    Value inner =
        order % 2 == 0
            ? ops.div("inner", x, ops.scalar(scale))
            : ops.mul("inner", ops.scalar(scale), x);
    Value gate = ops.add("gate", ops.unary("erf", "Erf", inner), ops.scalar(1f));
    Value half = ops.scalar(0.5f);
    Value y =
        order < 2
            ? ops.mul("y", ops.mul("product", x, gate), half)
            : ops.mul("y", ops.mul("half", half, x), gate);
    assertThat(raised(y, Math.abs(scale * (order % 2 == 0 ? 1 : 2) - Math.sqrt(2)) + 1e-6))
        .containsExactly("Gelu");
  }

  @ParameterizedTest
  @CsvSource({
    "true, 0.7978846, 0.044715", "false, 0.7978846, 0.044715", "true, 0.7978516, 0.044708252",
    "false, 0.7978516, 0.044708252", "true, 0.796875, 0.044677734", "false, 0.796875, 0.044677734"
  })
  void geluByTanh(boolean cubic, float scale, float part) {
    Value inner;
    if (cubic) {
      Value cube = ops.op("cube", "Pow", Map.of(), x, ops.scalar(3f));
      Value sum = ops.add("sum", x, ops.mul("part", cube, ops.scalar(part)));
      inner = ops.mul("inner", sum, ops.scalar(scale));
    } else {
      Value square = ops.mul("part", ops.mul("square", x, x), ops.scalar(part));
      Value scaled = ops.mul("scaled", x, ops.scalar(scale));
      inner = ops.mul("inner", scaled, ops.add("sum", ops.scalar(1f), square));
    }
    Value gate = ops.add("gate", ops.unary("tanh", "Tanh", inner), ops.scalar(1f));
    assertThat(raised(ops.mul("y", ops.mul("half", x, ops.scalar(0.5f)), gate), 2e-3))
        .containsExactly("Gelu");
  }

  /** What half precision cannot have made of sqrt 2 is another function. */
  @ParameterizedTest
  @ValueSource(floats = {1.4130859f, 1.4160156f, 1.4147f, 1.40625f, 1.4296875f})
  void otherScalesAreNoGelu(float scale) {
    Value erf = ops.unary("erf", "Erf", ops.div("inner", x, ops.scalar(scale)));
    Value gate = ops.add("gate", erf, ops.scalar(1f));
    assertThat(raised(ops.mul("y", ops.mul("half", x, ops.scalar(0.5f)), gate)))
        .contains("Erf")
        .doesNotContain("Gelu");
  }

  /** 1e-12 is 0 in half precision: rows without variance would become NaN. */
  @Test
  void anEpsilonOfZeroIsTheLeastOne() {
    Value centred = ops.sub("centred", x, ops.reduceMean("mean", x, true, -1));
    Value variance = ops.reduceMean("mean", square(centred, "pow"), true, -1);
    Value root = ops.unary("root", "Sqrt", ops.add("shifted", variance, ops.scalar(0f)));
    Graph after = Raising.apply(builder.build(List.of(ops.div("unit", centred, root))));
    assertThat(after.nodes()).hasSize(1);
    assertThat(after.nodes().get(0).decimal("epsilon", 0)).isEqualTo(1e-12f);
  }

  @Test
  void silu() {
    assertThat(raised(ops.mul("y", ops.unary("gate", "Sigmoid", x), x)))
        .containsExactly("com.microsoft.QuickGelu");
  }

  @Test
  void whatIsNearlyAPatternStays() {
    Value gate = ops.add("gate", ops.unary("erf", "Erf", x), ops.scalar(1f));
    assertThat(raised(ops.mul("y", ops.mul("product", x, gate), ops.scalar(0.5f))))
        .contains("Erf")
        .doesNotContain("Gelu");
  }

  @Test
  void quotientsBecomeProductsWithAReciprocal() {
    Value norm = ops.op("norm", "ReduceL2", Map.of(), x, ops.longs(-1));
    assertThat(raised(ops.div("unit", x, norm))).containsExactly("ReduceL2", "Reciprocal", "Mul");
  }

  @Test
  void linearLayersOfMergedRecordsKeepThemApart() {
    Value weight = builder.initializer("weight", Tensor.floats(new long[] {4, 2}, new float[8]));
    Value bias = builder.initializer("bias", Tensor.floats(new long[] {2}, 1f, 2f));
    Value flat = ops.reshape("flat", x, -1, 4);
    Value product = ops.op("product", "Gemm", Map.of(), flat, weight, bias);
    Value sizes = ops.op("sizes", "Shape", Map.of(), x);
    Value leading = ops.slice("leading", sizes, 0, ops.longs(0), ops.longs(2));
    Value target = ops.concat("target", 0, List.of(leading, ops.longs(2)));
    Value y = ops.op("y", "Reshape", Map.of(), product, target);
    assertThat(raised(y)).containsExactly("MatMul", "Add");
  }

  /** Shape, Gather, Unsqueeze and Concat, as exporters split heads. */
  @Test
  void computedTargetsOfReshapesBecomeConstant() {
    Value sizes = ops.op("sizes", "Shape", Map.of(), x);
    Value zero = builder.initializer("zero", Tensor.longs(new long[0], 0));
    Value one = builder.initializer("one", Tensor.longs(new long[0], 1));
    Value batch = ops.unsqueeze("batch", ops.gather("batch_at", sizes, zero, 0), 0);
    Value sequence = ops.unsqueeze("sequence", ops.gather("sequence_at", sizes, one, 0), 0);
    Value two =
        ops.unsqueeze("two", ops.div("halves", ops.gather("width", sizes, minus(), 0), half()), 0);
    Value target = ops.concat("target", 0, List.of(batch, sequence, two, ops.longs(-1)));
    Value heads = ops.op("heads", "Reshape", Map.of(), x, target);
    assertThat(heads.shape()).isEqualTo(Shape.of(BATCH, SEQUENCE, Dim.of(2), Dim.of(2)));
    Graph after = Raising.apply(builder.build(List.of(heads)));
    assertThat(after.nodes()).hasSize(1);
    assertThat(after.constant(after.nodes().get(0).input(1)).orElseThrow().toLongs())
        .containsExactly(0, 0, 2, -1);
  }

  private Value minus() {
    return builder.initializer("last", Tensor.longs(new long[0], -1));
  }

  private Value half() {
    return builder.initializer("half", Tensor.longs(new long[0], 2));
  }
}
