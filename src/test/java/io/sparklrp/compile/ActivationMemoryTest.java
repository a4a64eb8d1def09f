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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a record between the forward and the relevance pass. */
class ActivationMemoryTest {
  private static final Shape SHAPE =
      Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(3));
  private static final long ONE_VALUE = 4L * 7 * 3;

  private final GraphBuilder builder = new GraphBuilder("small");
  private final Value input = builder.input("x", DataType.FLOAT32, SHAPE);
  private final Ops ops = new Ops(builder, "node", "layer.0");

  private static long bytes(Graph graph) {
    return ActivationMemory.of(graph).bytes(BatchShape.ofRecord(7));
  }

  /** Of a chain of values, two are held at a time: the one that is made, and what it is made of. */
  @Test
  void valuesAreHeldUntilTheyAreReadForTheLastTime() {
    Value last = input;
    for (int i = 0; i < 10; i++) {
      last = ops.unary("tanh" + i, "Tanh", last);
    }
    assertThat(bytes(builder.build(List.of(last)))).isEqualTo(2 * ONE_VALUE);
  }

  /** All of the chain is held until the way back reads it, and the way back makes one more. */
  @Test
  void whatIsReadOnTheWayBackIsHeldUntilThen() {
    List<Value> chain = new ArrayList<>(List.of(ops.unary("first", "Tanh", input)));
    for (int i = 1; i < 10; i++) {
      chain.add(ops.unary("tanh" + i, "Tanh", chain.get(i - 1)));
    }
    Value back = chain.get(9);
    for (int i = 8; i >= 0; i--) {
      back = ops.mul("back" + i, back, chain.get(i));
    }
    assertThat(bytes(builder.build(List.of(back)))).isEqualTo(11 * ONE_VALUE);
  }

  /** An output stays to the end, and a value that nobody reads goes at once. */
  @Test
  void outputsStay() {
    Value output = ops.unary("output", "Exp", input);
    ops.unary("unread", "Sin", input);
    Value other = ops.unary("b", "Tanh", ops.unary("a", "Tanh", input));
    assertThat(bytes(builder.build(List.of(output, other)))).isEqualTo(3 * ONE_VALUE);
  }

  /** Another shape of the same bytes holds them, and takes none. */
  @Test
  void anotherShapeTakesNothing() {
    Value made = ops.unary("made", "Tanh", input);
    Value shaped = ops.unary("same", "Identity", ops.unary("too", "Identity", made));
    Value read = ops.unary("read", "Exp", shaped);
    assertThat(bytes(builder.build(List.of(read)))).isEqualTo(2 * ONE_VALUE);
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
