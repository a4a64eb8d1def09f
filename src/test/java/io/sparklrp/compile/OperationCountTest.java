package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.engine.BatchShape;
import io.sparklrp.engine.OperationFunction;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.relevance.TargetSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much there is to compute for a batch. */
class OperationCountTest {
  private static final Dim BATCH = Dim.symbol("batch");
  private static final Dim SEQUENCE = Dim.symbol("sequence");

  /** x W is 2 S 3 5 operations a record, x x^T is 2 S^2 3, and tanh makes 5 S elements. */
  @Test
  void productsCountBySummandsAndOthersByElements() {
    GraphBuilder builder = new GraphBuilder("small");
    Value x = builder.input("x", DataType.FLOAT32, Shape.of(BATCH, SEQUENCE, Dim.of(3)));
    Ops ops = new Ops(builder, "forward", "layer.0");
    Value weight = builder.initializer("w", Tensor.floats(new long[] {3, 5}, new float[15]));
    Value linear = ops.matMul("linear", x, weight);
    Value turned = ops.transpose("turned", x, List.of(0L, 2L, 1L));
    Value scores = ops.matMul("scores", x, turned);
    Value tanh = ops.unary("tanh", "Tanh", linear);
    Graph graph = builder.build(List.of(scores, tanh));
    OperationFunction count = OperationCount.of(graph);
    double elements = OperationCount.OF_ELEMENT * (7 * 3 + 7 * 5);
    assertThat(count.operations(new BatchShape(1, 7, 1, 1)))
        .isEqualTo(2 * 7 * 3 * 5 + 2 * 7 * 7 * 3 + elements);
    assertThat(count.operations(new BatchShape(4, 7, 1, 1)))
        .isEqualTo(4 * count.operations(new BatchShape(1, 7, 1, 1)));
  }

  private static double operations(String fixture, String target, BatchShape shape) {
    ModelAssembly assembly = ModelAssembly.open(GoldenFixture.of(fixture).directory());
    try (GraphStorage storage = new GraphStorage()) {
      return assembly
          .assemble(Methods.LRP_STAY, assembly.target(List.of(target)), 64, storage)
          .operations()
          .operations(shape);
    }
  }

  @Test
  void attentionCostsByTheSquareOfTheLength() {
    double one = operations("llama-clm", "next", BatchShape.ofRecord(16));
    double four = operations("llama-clm", "next", BatchShape.ofRecord(64));
    double wide = operations("llama-clm", "next", new BatchShape(4, 16, 1, 1));
    assertThat(wide).isCloseTo(4 * one, within(.2 * one));
    assertThat(four).isGreaterThan(wide);
  }

  /** What is done once for each target is counted as often. */
  @Test
  void targetsCount() {
    double one = operations("llama-clm", "completion:more", new BatchShape(1, 16, 1, 1));
    double three = operations("llama-clm", "completion:more", new BatchShape(1, 16, 1, 3));
    assertThat(three).isBetween(1.2 * one, 3 * one);
  }

  @Test
  void picturesAreConvolved() {
    ModelAssembly assembly = ModelAssembly.open(GoldenFixture.of("vit-imgcls").directory());
    try (GraphStorage storage = new GraphStorage()) {
      OperationFunction count =
          assembly.assemble(Methods.LRP, TargetSource.PREDICTED, 0, storage).operations();
      assertThat(count.operations(BatchShape.ofRecord(1))).isPositive();
    }
  }
}
