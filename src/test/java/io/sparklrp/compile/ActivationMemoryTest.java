package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.byLessThan;

import io.sparklrp.engine.BatchShape;
import io.sparklrp.engine.MemoryFunction;
import io.sparklrp.engine.Program;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.method.Methods;
import io.sparklrp.model.Target;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.relevance.TargetSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a record between the forward and the relevance pass. */
class ActivationMemoryTest {
  /** y = tanh(x) is read again, z = exp(y) is not: 4 S d bytes are kept, and 4 S d worked with. */
  @Test
  void whatTheRelevancePassReadsIsCounted() {
    GraphBuilder builder = new GraphBuilder("small");
    Shape shape = Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(3));
    Value x = builder.input("x", DataType.FLOAT32, shape);
    Ops forward = new Ops(builder, "forward", "layer.0");
    Value y = forward.unary("y", "Tanh", x);
    Value z = forward.unary("z", "Exp", y);
    Ops backward = new Ops(builder, "forward.y.relevance", "layer.0");
    Value squared = backward.mul("squared", y, y);
    Graph graph = builder.build(List.of(z, squared));
    long ofOneValue = 4L * 7 * 3;
    assertThat(ActivationMemory.of(graph).bytes(BatchShape.ofRecord(7)))
        .isEqualTo(ofOneValue + 4 * ofOneValue);
  }

  @Test
  void attentionTakesMemoryByTheSquareOfTheLength() {
    ModelAssembly assembly = ModelAssembly.open(GoldenFixture.of("llama-clm").directory());
    Target next = assembly.target(List.of("next"));
    try (GraphStorage storage = new GraphStorage()) {
      long shorter = bytes(assembly.assemble(Methods.LRP_STAY, next, 16, storage), 16);
      long longer = bytes(assembly.assemble(Methods.LRP_STAY, next, 64, storage), 64);
      assertThat(longer).isGreaterThan(4 * shorter).isLessThan(16 * shorter);
    }
  }

  private static long bytes(Program program, int length) {
    return program.explain().memory().bytes(BatchShape.ofRecord(length));
  }

  /** All but attention grows by the number of records, and the outputs by rows and targets too. */
  @Test
  void recordsRowsAndTargetsCount() {
    ModelAssembly assembly = ModelAssembly.open(GoldenFixture.of("llama-clm").directory());
    Target words = assembly.target(List.of("completion:more"));
    try (GraphStorage storage = new GraphStorage()) {
      MemoryFunction memory =
          assembly.assemble(Methods.LRP_STAY, words, 16, storage).explain().memory();
      long one = memory.bytes(BatchShape.ofRecord(16));
      assertThat(memory.bytes(new BatchShape(3, 16, 1, 1))).isCloseTo(3 * one, byLessThan(one / 2));
      assertThat(memory.bytes(new BatchShape(1, 16, 40, 1))).isGreaterThan(one);
      assertThat(memory.bytes(new BatchShape(1, 16, 1, 40_000))).isGreaterThan(one);
    }
  }

  @Test
  void picturesHaveASizeOfTheirOwn() {
    ModelAssembly assembly = ModelAssembly.open(GoldenFixture.of("vit-imgcls").directory());
    try (GraphStorage storage = new GraphStorage()) {
      long bytes = bytes(assembly.assemble(Methods.LRP, TargetSource.PREDICTED, 0, storage), 1);
      assertThat(bytes).isPositive();
    }
  }
}
