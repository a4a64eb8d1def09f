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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products of rows with weights, rows differing by orders of magnitude. */
class QuantisationTest {
  private static final long SEED = 20_261_127;
  private static final int SIZE = 24;
  private static final int COLUMNS = 18;
  private static final int ROWS = 6;

  private final Random random = new Random(SEED);

  private Graph product(boolean isTurned, float alpha, Dim tokens) {
    return product(isTurned, alpha, tokens, SIZE);
  }

  private Graph product(boolean isTurned, float alpha, Dim tokens, int size) {
    GraphBuilder builder = new GraphBuilder("test");
    Ops ops = new Ops(builder, "t", "layer.0");
    Value x =
        builder.input("x", DataType.FLOAT32, Shape.of(Dim.symbol("batch"), tokens, Dim.of(size)));
    long[] shape = isTurned ? new long[] {COLUMNS, size} : new long[] {size, COLUMNS};
    float[] elements = new float[size * COLUMNS];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (float) random.nextGaussian();
    }
    Value weight = builder.initializer("w", Tensor.floats(shape, elements));
    Value y = ops.fusedMatMul("y", x, false, weight, isTurned, alpha);
    return builder.build(List.of(ops.output("out", y)));
  }

  private static Graph quantised(Graph graph, int bits) {
    return Quantisation.pass(node -> true, bits).apply(graph);
  }

  /** Rows of scales from 1e-6 to 1e4, the third of zeros. */
  private DoubleTensor rows() {
    return rows(SIZE);
  }

  private DoubleTensor rows(int size) {
    DoubleTensor x = DoubleTensor.zeros(1, ROWS, size);
    Arrays.setAll(
        x.data(),
        i ->
            i / size == 2 ? 0 : (float) (random.nextGaussian() * Math.pow(10, 2 * (i / size) - 6)));
    return x;
  }

  private static double[] run(Graph graph, DoubleTensor x) {
    return Interpreter.run(graph, Map.of("x", x)).get("out").data();
  }

  @ParameterizedTest
  @CsvSource({
    "true, 1, 8, 24",
    "false, 1, 8, 24",
    "true, 0.5, 8, 24",
    "false, 0.25, 7, 24",
    "true, 1, 8, 1100",
    "false, 0.5, 7, 1100"
  })
  void eachRowIsAsNearAsItsOwnScaleAllows(boolean isTurned, float alpha, int bits, int size) {
    Graph graph = product(isTurned, alpha, Dim.symbol("sequence"), size);
    DoubleTensor x = rows(size);
    double[] exact = run(graph, x);
    double[] found = run(quantised(graph, bits), x);
    for (int row = 0; row < ROWS; row++) {
      double[] expected = Arrays.copyOfRange(exact, row * COLUMNS, (row + 1) * COLUMNS);
      double[] got = Arrays.copyOfRange(found, row * COLUMNS, (row + 1) * COLUMNS);
      double norm = Math.sqrt(Arrays.stream(expected).map(v -> v * v).sum());
      double error =
          Math.sqrt(
              IntStream.range(0, COLUMNS)
                  .mapToDouble(i -> Math.pow(got[i] - expected[i], 2))
                  .sum());
      assertThat(error).as("row %d, seed %d", row, SEED).isLessThanOrEqualTo(0.03 * norm);
    }
  }

  /** The largest size is the lowest element's, or the highest one's. */
  @ParameterizedTest
  @CsvSource({"24, -9", "24, 9", "1100, -9", "1100, 9"})
  void theLargestElementOfARowHasTheLargestNumber(int size, double largest) {
    Graph graph = quantised(product(true, 1, Dim.symbol("sequence"), size), 8);
    Node rounding =
        graph.nodes().stream()
            .filter(node -> node.op().equals("QuantizeLinear"))
            .findFirst()
            .orElseThrow();
    GraphBuilder asked = GraphBuilder.from(graph);
    Graph numbers = asked.build(List.of(asked.value(rounding.output())));
    DoubleTensor x = DoubleTensor.zeros(1, 2, size);
    Arrays.setAll(x.data(), i -> random.nextDouble());
    x.data()[5] = largest;
    double[] found = Interpreter.run(numbers, Map.of("x", x)).get(rounding.output()).data();
    assertThat(found[5]).isEqualTo(128 + Math.signum(largest) * 127);
    assertThat(Arrays.stream(found, size, 2 * size).max()).hasValue(255);
  }

  @Test
  void rowsOfZerosGiveZeros() {
    Graph graph = quantised(product(true, 1, Dim.symbol("sequence")), 8);
    double[] found = run(graph, rows());
    assertThat(Arrays.stream(found, 2 * COLUMNS, 3 * COLUMNS)).allMatch(element -> element == 0);
  }

  /** So that a record's result does not turn on the units of its relevance. */
  @Test
  void aRowTimesAPowerOfTwoGivesThatTimesItsResult() {
    Graph graph = quantised(product(true, 1, Dim.symbol("sequence")), 8);
    DoubleTensor x = rows();
    double[] once = run(graph, x);
    for (int i = 0; i < SIZE; i++) {
      x.data()[i] *= 1024;
    }
    double[] found = run(graph, x);
    for (int i = 0; i < COLUMNS; i++) {
      assertThat(found[i]).isCloseTo(1024 * once[i], within(1e-12 * Math.abs(found[i])));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8})
  void weightsUseTheirBits(int bits) {
    Graph graph = quantised(product(true, 1, Dim.symbol("sequence")), bits);
    Tensor numbers = graph.constant("w.int8.turned").orElseThrow();
    assertThat(numbers.type()).isEqualTo(DataType.INT8);
    assertThat(numbers.shape()).containsExactly(SIZE, COLUMNS);
    int largest = bits == 8 ? 127 : 63;
    for (int column = 0; column < COLUMNS; column++) {
      int at = column;
      double[] all = numbers.toDoubles();
      assertThat(IntStream.range(0, SIZE).mapToDouble(i -> Math.abs(all[i * COLUMNS + at])).max())
          .hasValue(largest);
    }
    assertThat(graph.initializers()).doesNotContainKey("w");
  }

  /** One row a record leads to its outputs, and is little work. */
  @Test
  void oneRowOfARecordStaysAsItIs() {
    Graph graph = product(true, 1, Dim.of(1));
    assertThat(quantised(graph, 8).nodes()).isEqualTo(graph.nodes());
  }

  @Test
  void aRowOfSeveralReadersIsQuantisedOnce() {
    GraphBuilder builder = GraphBuilder.from(product(true, 1, Dim.symbol("sequence")));
    Ops ops = new Ops(builder, "again", "layer.0");
    Value other =
        builder.initializer(
            "v", Tensor.floats(new long[] {COLUMNS, SIZE}, new float[SIZE * COLUMNS]));
    Value second = ops.fusedMatMul("z", builder.value("x"), false, other, true, 1f);
    Graph graph = quantised(builder.build(List.of(builder.value("out"), second)), 8);
    assertThat(graph.nodes()).extracting(Node::op).containsOnlyOnce("QuantizeLinear");
  }
}
