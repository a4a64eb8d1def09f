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
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.RandomTensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One layer of attention, two heads of size 3 on rows of size 5, of which one row is read. */
class SingleQueryAttentionTest {
  private static final long SEED = 20220717;
  private static final Map<String, DoubleTensor> INPUT =
      Map.of("x", RandomTensor.of(SEED, 2, 4, 5));

  private final Random random = new Random(SEED);
  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "a", "layer.0");
  private final Value x =
      builder.input(
          "x", DataType.FLOAT32, Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(5)));

  private Value heads(String name, boolean hasBias) {
    Value product = ops.fusedMatMul(name, x, false, weights(name + ".w", 6, 5), true, 1f);
    Value sum = hasBias ? ops.add(name + ".sum", product, weights(name + ".b", 6)) : product;
    return ops.transpose(
        name + ".heads", ops.reshape(name + ".split", sum, 0, 0, 2, 3), List.of(0L, 2L, 1L, 3L));
  }

  private Value weights(String name, long... shape) {
    int size = (int) java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return builder.initializer(name, Tensor.floats(shape, values));
  }

  private Graph attention(boolean hasBias, boolean readsOne) {
    Value scores =
        ops.fusedMatMul("scores", heads("q", true), false, heads("k", hasBias), true, 0.5f);
    Value context = ops.matMul("context", ops.softmax("weights", scores), heads("v", hasBias));
    Value row = readsOne ? ops.slice("row", context, 2, ops.longs(0), ops.longs(1)) : context;
    return SlicePushdown.apply(builder.build(List.of(row)));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void contextIsTheSameWithoutKeysAndValues(boolean hasBias) {
    Graph before = attention(hasBias, true);
    Graph after = SingleQueryAttention.apply(before);
    String output = before.outputs().get(0).name();
    DoubleTensor expected = Interpreter.run(before, INPUT).get(output);
    DoubleTensor found = Interpreter.run(after, INPUT).get(output);
    assertThat(after.value(output).shape()).isEqualTo(before.value(output).shape());
    assertThat(found.data()).as("seed %d", SEED).containsExactly(expected.data(), within(1e-12));
    assertThat(after.nodes()).extracting(Node::name).doesNotContain("a.k", "a.v");
  }

  /** Nothing is taken for granted of what reads the scores, such as a softmax. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void scoresAreTheSameWithoutKeys(boolean hasBias) {
    Value scores =
        ops.fusedMatMul("scores", heads("q", true), false, heads("k", hasBias), true, 0.5f);
    Value row = ops.slice("row", scores, 2, ops.longs(0), ops.longs(1));
    Graph before = SlicePushdown.apply(builder.build(List.of(row)));
    Graph after = SingleQueryAttention.apply(before);
    String output = before.outputs().get(0).name();
    double[] expected = Interpreter.run(before, INPUT).get(output).data();
    double[] found = Interpreter.run(after, INPUT).get(output).data();
    assertThat(after.nodes()).extracting(Node::name).doesNotContain("a.k");
    assertThat(found).as("seed %d", SEED).containsExactly(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void attentionOfManyQueriesStaysAsItIs(boolean hasBias) {
    Graph before = attention(hasBias, false);
    assertThat(SingleQueryAttention.apply(before).nodes()).isEqualTo(before.nodes());
  }
}
