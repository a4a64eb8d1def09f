package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.pass.Quantisation;
import io.sparklrp.onnx.OnnxWriter;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows whose scale is zero, or nearly so: what the engine makes of a division by it is open. */
class QuantisedRowsInEngineTest {
  private static final long SEED = 20_261_129;
  private static final int COLUMNS = 16;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void loadsTheEngine() {
    DjlEngine.start();
  }

  private float[] gaussian(int count) {
    float[] elements = new float[count];
    for (int i = 0; i < count; i++) {
      elements[i] = (float) random.nextGaussian();
    }
    return elements;
  }

  private Graph quantised(int size) {
    GraphBuilder builder = new GraphBuilder("test");
    Ops ops = new Ops(builder, "t", "layer.0");
    Shape shape = Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(size));
    Value x = builder.input("x", DataType.FLOAT32, shape);
    Tensor weight = Tensor.floats(new long[] {size, COLUMNS}, gaussian(size * COLUMNS));
    Value product = ops.matMul("y", x, builder.initializer("w", weight));
    return Quantisation.pass(node -> true, 7)
        .apply(builder.build(List.of(ops.output("out", product))));
  }

  private static float[] run(Graph graph, float[] elements, long... shape) throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = SessionSettings.create();
        OrtSession session = environment.createSession(OnnxWriter.toBytes(graph), options);
        OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(elements), shape);
        OrtSession.Result result = session.run(Map.of("x", x))) {
      float[] found = new float[Math.toIntExact(shape[0] * shape[1] * COLUMNS)];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(found);
      return found;
    }
  }

  /** Short rows and long ones find their largest element in other ways. */
  @ParameterizedTest
  @ValueSource(ints = {24, 1100})
  void rowsOfZerosGiveZerosAndLeaveOthersAlone(int size) throws Exception {
    Graph graph = quantised(size);
    float[] row = gaussian(size);
    float[] rows = new float[5 * size];
    System.arraycopy(row, 0, rows, 0, size);
    System.arraycopy(row, 0, rows, 2 * size, size);
    for (int i = 0; i < size; i++) {
      rows[3 * size + i] = -0f;
      rows[4 * size + i] = row[i] * Float.MIN_VALUE;
    }
    float[] found = run(graph, rows, 1, 5, size);
    float[] alone = run(graph, row, 1, 1, size);
    assertThat(part(found, 0)).as("seed %d", SEED).isEqualTo(alone);
    assertThat(part(found, 2)).as("seed %d", SEED).isEqualTo(alone);
    assertWithin(0, part(found, 1));
    assertWithin(0, part(found, 3));
    assertWithin(1e-40f, part(found, 4));
  }

  private static void assertWithin(float bound, float... found) {
    for (float element : found) {
      assertThat(Math.abs(element)).as("seed %d", SEED).isLessThanOrEqualTo(bound);
    }
  }

  private static float[] part(float[] found, int row) {
    return Arrays.copyOfRange(found, row * COLUMNS, (row + 1) * COLUMNS);
  }
}
