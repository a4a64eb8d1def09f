package io.sparklrp.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.sparklrp.oracle.RandomTensor;
import io.sparklrp.oracle.SameOutputs;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A layer with GELU, as the relevance pass computes it, and what flows back through it. */
class ScaleFoldingTest {
  private static final long SEED = 20_261_129;
  private static final Map<String, DoubleTensor> INPUTS =
      Map.of("a", RandomTensor.of(SEED, 2, 3, 4), "g", RandomTensor.of(SEED + 1, 2, 3, 4));

  private final Random random = new Random(SEED);
  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "t", "layer.0");
  private final Value a = input("a");
  private final Value g = input("g");
  private final Value sum =
      ops.add(
          "sum", ops.fusedMatMul("first", a, false, weight("w1", 5, 4), true, 1f), weight("b1", 5));
  private final Value phi = phi();
  private final Value second = weight("w2", 4, 5);
  private final Value product =
      ops.fusedMatMul("second", ops.mul("gelu", sum, phi), false, second, true, 1f);
  private final Value back = ops.mul("back", ops.matMul("g2", g, second), phi);

  private Value input(String name) {
    return builder.input(
        name, DataType.FLOAT32, Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(4)));
  }

  private Value weight(String name, long... shape) {
    int size = (int) java.util.Arrays.stream(shape).reduce(1, (x, y) -> x * y);
    float[] elements = new float[size];
    for (int i = 0; i < size; i++) {
      elements[i] = (float) random.nextGaussian();
    }
    return builder.initializer(name, Tensor.floats(shape, elements));
  }

  private Value phi() {
    Value root = ops.mul("root", sum, ops.scalar((float) Math.sqrt(0.5)));
    Value more = ops.add("one_more", ops.unary("erf", "Erf", root), ops.scalar(1f));
    return ops.mul("phi", more, ops.scalar(0.5f));
  }

  private static void assertSame(Graph before, Graph after) {
    SameOutputs.check(before, after, INPUTS, 1e-6, SEED);
  }

  private static List<String> numbered(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> node.op().equals("Mul") && graph.constant(node.input(1)).isPresent())
        .map(Node::name)
        .toList();
  }

  @Test
  void geluTakesNoMultiplicationByANumber() {
    Graph before = builder.build(List.of(product, back));
    Graph after = ScaleFolding.apply(before);
    assertSame(before, after);
    assertThat(numbered(before)).containsExactly("t.root", "t.phi");
    assertThat(numbered(after)).isEmpty();
  }

  /** The derivative of GELU reads x itself. */
  @Test
  void whatElseReadsTheSumKeepsIt() {
    Value read = ops.unary("read", "Exp", sum);
    Graph before = builder.build(List.of(product, back, read));
    Graph after = ScaleFolding.apply(before);
    assertSame(before, after);
    assertThat(numbered(after)).containsExactly("t.root");
  }

  @Test
  void whatElseReadsTheRatioKeepsIt() {
    Value read = ops.unary("read", "Exp", phi);
    Graph before = builder.build(List.of(product, back, read));
    Graph after = ScaleFolding.apply(before);
    assertSame(before, after);
    assertThat(numbered(after)).contains("t.phi");
  }

  @Test
  void outputsStayWhatTheyAre() {
    Graph before = builder.build(List.of(product, back, phi, sum));
    assertSame(before, ScaleFolding.apply(before));
  }

  @Test
  void aProductThatIsReadAgainIsNotScaled() {
    Value maker = builder.value("t.g2");
    Graph before = builder.build(List.of(product, back, ops.unary("read", "Exp", maker)));
    assertSame(before, ScaleFolding.apply(before));
  }
}
