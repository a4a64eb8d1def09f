package io.sparklrp.graph.pass;

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
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.RandomTensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Relevance of rows of size 16 that is made of two rows, and of the first token's own. */
class LowRankTest {
  private static final long SEED = 20_261_128;
  private static final int SIZE = 16;
  private static final Dim BATCH = Dim.symbol("batch");
  private static final Dim TOKENS = Dim.symbol("sequence");
  private static final Map<String, DoubleTensor> INPUTS =
      Map.of(
          "weights", RandomTensor.of(SEED, 2, 2, 5),
          "heads", RandomTensor.of(SEED + 1, 2, 2, SIZE),
          "own", RandomTensor.of(SEED + 2, 2, 1, SIZE),
          "factor", RandomTensor.of(SEED + 3, 2, 5, 1));

  private final Random random = new Random(SEED);
  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "t", "layer.0");
  private final Value weights = input("weights", BATCH, Dim.of(2), TOKENS);
  private final Value heads = input("heads", BATCH, Dim.of(2), Dim.of(SIZE));
  private final Value own = input("own", BATCH, Dim.of(1), Dim.of(SIZE));
  private final Value factor = input("factor", BATCH, TOKENS, Dim.of(1));

  private Value input(String name, Dim... dims) {
    return builder.input(name, DataType.FLOAT32, Shape.of(dims));
  }

  private Value constant(String name, long... shape) {
    int size = (int) java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] elements = new float[size];
    for (int i = 0; i < size; i++) {
      elements[i] = (float) random.nextGaussian();
    }
    return builder.initializer(name, Tensor.floats(shape, elements));
  }

  /** What a token that is read gives to all tokens, and to itself. */
  private Value relevance() {
    Value ofAll = ops.fusedMatMul("of_all", weights, true, heads, false, 0.5f);
    Value length = ops.dimension("length", weights, 2);
    Value rest = ops.sub("rest", length, ops.longs(1));
    Value ofItself = ops.pad("of_itself", own, 1, ops.longs(0), rest, ops.scalar(0f));
    return ops.add("sum", ofAll, ofItself);
  }

  /** Through a LayerNorm whose factor is constant. */
  private Value normalised(Value relevance) {
    Value scaled = ops.mul("scaled", relevance, constant("gamma", SIZE));
    Value mean = ops.reduceMean("mean", scaled, true, -1);
    return ops.mul("normalised", ops.sub("centred", scaled, mean), factor);
  }

  private Value product(Value value) {
    return ops.matMul("product", value, constant("w", SIZE, 40));
  }

  private static void assertSame(Graph before, Graph after) {
    Map<String, DoubleTensor> expected = Interpreter.run(before, INPUTS);
    Map<String, DoubleTensor> found = Interpreter.run(after, INPUTS);
    for (Value output : before.outputs()) {
      assertThat(after.value(output.name()).rank()).isEqualTo(output.rank());
      assertThat(found.get(output.name()).shape()).isEqualTo(expected.get(output.name()).shape());
      assertThat(found.get(output.name()).data())
          .as("%s, seed %d", output.name(), SEED)
          .containsExactly(expected.get(output.name()).data(), within(1e-12));
    }
  }

  private static boolean multipliesAllTokens(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> Operators.is(node, Trait.MATRIX_PRODUCT) && node.input(1).equals("w"))
        .anyMatch(node -> !graph.value(node.input(0)).shape().dim(1).isFixed());
  }

  @Test
  void aProductWithAWeightTakesRowsOfTheFactorAlone() {
    Value normalised = normalised(relevance());
    Value bias = ops.reduceSum("bias", normalised, false, 1);
    Graph before = builder.build(List.of(product(normalised), normalised, bias));
    Graph after = LowRank.apply(before);
    assertSame(before, after);
    assertThat(multipliesAllTokens(before)).isTrue();
    assertThat(multipliesAllTokens(after)).isFalse();
  }

  @Test
  void aMeanOverTokensIsOfRankOne() {
    Value spread = ops.mul("spread", own, factor);
    Graph before = builder.build(List.of(product(spread)));
    Graph after = LowRank.apply(before);
    assertSame(before, after);
    assertThat(multipliesAllTokens(after)).isFalse();
  }

  /** A column that was put behind for a bias, and is cut off again. */
  @Test
  void columnsAreAddedAndCutOffOfTheFactor() {
    Value relevance = relevance();
    Value more = ops.pad("more", relevance, 2, ops.longs(0), ops.longs(1), ops.scalar(0f));
    Value less = ops.pad("less", more, 2, ops.longs(0), ops.longs(-1), ops.scalar(0f));
    Graph before = builder.build(List.of(product(less), ops.reduceSum("all", more, false, 1, 2)));
    Graph after = LowRank.apply(before);
    assertSame(before, after);
    assertThat(multipliesAllTokens(after)).isFalse();
  }

  /** Elementwise work on the matrix itself has it multiplied out. */
  @ParameterizedTest
  @ValueSource(strings = {"Tanh", "Abs", "Exp"})
  void whatElseReadsItGetsTheMatrix(String op) {
    Value relevance = relevance();
    Graph before = builder.build(List.of(product(relevance), ops.unary("read", op, relevance)));
    assertSame(before, LowRank.apply(before));
  }

  @Test
  void nothingIsDoneWhereNoProductIsSaved() {
    Graph before = builder.build(List.of(normalised(relevance())));
    assertThat(LowRank.apply(before)).isSameAs(before);
  }

  @Test
  void aMatrixThatIsHardlyWiderThanItsRankStays() {
    Value narrow = input("narrow", BATCH, Dim.of(2), Dim.of(6));
    Value all = ops.fusedMatMul("all", weights, true, narrow, false, 1f);
    Graph before = builder.build(List.of(ops.matMul("product", all, constant("w", 6, 8))));
    assertThat(LowRank.apply(before).nodes())
        .extracting(Node::name)
        .containsExactly("t.all", "t.product");
  }
}
