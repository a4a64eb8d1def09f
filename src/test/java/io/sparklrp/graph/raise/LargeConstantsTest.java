package io.sparklrp.graph.raise;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large constants are what an element-by-element computation gives, in any broadcasting. */
class LargeConstantsTest {
  private static final int ROWS = 300;
  private static final int COLUMNS = 400;

  private final GraphBuilder builder = new GraphBuilder("g");
  private final Ops ops = new Ops(builder, "n", "");
  private final Value x = builder.input("x", DataType.FLOAT32, Shape.of(ROWS, COLUMNS));

  private Value table() {
    long[] numbers = new long[ROWS * COLUMNS];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i % 251 - 125L;
    }
    Value whole = builder.initializer("table", Tensor.longs(new long[] {ROWS, COLUMNS}, numbers));
    return ops.op("cast", "Cast", Map.of("to", Attribute.of(1L)), whole);
  }

  private Value vector(String name, long... shape) {
    int size = (int) (shape[0] * (shape.length > 1 ? shape[1] : 1));
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = 1 + i % 7;
    }
    return builder.initializer(name, Tensor.floats(shape, numbers));
  }

  private float[] folded(Value value) {
    Graph graph = ConstantFolding.apply(builder.build(List.of(ops.mul("y", x, value))));
    assertThat(graph.nodes()).hasSize(1);
    return graph.constant(graph.nodes().get(0).input(1)).orElseThrow().toFloats();
  }

  @ParameterizedTest
  @ValueSource(strings = {"row", "column"})
  void dequantisedTablesAreConstants(String along) {
    boolean byRow = along.equals("row");
    Value scale = byRow ? vector("scale", ROWS, 1) : vector("scale", COLUMNS);
    Value zero = vector("zero", 1);
    float[] found = folded(ops.mul("made", ops.sub("shifted", table(), zero), scale));
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        int at = row * COLUMNS + column;
        float expected = (at % 251 - 125 - 1) * (1 + (byRow ? row : column) % 7);
        assertThat(found[at]).isEqualTo(expected);
      }
    }
  }

  @Test
  void reshapingKeepsTheNumbers() {
    Value flat = ops.reshape("flat", table(), -1);
    float[] found = folded(ops.reshape("again", flat, ROWS, COLUMNS));
    assertThat(found[ROWS * COLUMNS - 1]).isEqualTo((ROWS * COLUMNS - 1) % 251 - 125);
  }
}
