package io.sparklrp.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import io.sparklrp.oracle.SameOutputs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What flows to the values of attention, by head, and what of it stays with tokens. */
class TurnedProductTest {
  private static final long SEED = 20_261_128;
  private static final List<Long> BY_HEAD = List.of(0L, 2L, 1L, 3L);
  private static final Map<String, DoubleTensor> INPUTS =
      Map.of(
          "weights", RandomTensor.of(SEED, 2, 4, 3, 3),
          "rows", RandomTensor.of(SEED + 1, 2, 3, 4, 5),
          "values", RandomTensor.of(SEED + 2, 2, 3, 4, 5));

  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "t", "layer.0");
  private final Value weights = input("weights", "batch", 4, "sequence", "sequence");
  private final Value rows = input("rows", "batch", "sequence", 4, 5);
  private final Value byHead = ops.transpose("by_head", rows, BY_HEAD);
  private final Value values =
      ops.transpose("values", input("values", "batch", "sequence", 4, 5), BY_HEAD);
  private final Value product = ops.fusedMatMul("product", weights, true, byHead, false, 0.5f);
  private final Value back = ops.transpose("back", product, BY_HEAD);
  private final Value products = ops.mul("stays", product, values);
  private final Value ofHeads = ops.reduceSum("stays_by_head", products, false, 3);
  private final Value stays = ops.reduceSum("stays_by_token", ofHeads, false, 1);

  private Value input(String name, Object... sizes) {
    Dim[] dims = new Dim[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      dims[i] = sizes[i] instanceof Integer size ? Dim.of(size) : Dim.symbol((String) sizes[i]);
    }
    return builder.input(name, DataType.FLOAT32, Shape.of(dims));
  }

  private static void assertSame(Graph before, Graph after) {
    SameOutputs.check(before, after, INPUTS, 1e-12, SEED);
  }

  private static boolean isTurned(Graph graph) {
    return graph.nodes().stream().anyMatch(node -> node.integer("transA", 0) == 1);
  }

  private static long sums(Graph graph) {
    return graph.nodes().stream().filter(node -> node.op().equals("ReduceSum")).count();
  }

  @Test
  void weightsAreReadAsTheyLie() {
    Graph before = builder.build(List.of(back, stays));
    Graph after = TurnedProduct.apply(before);
    assertSame(before, after);
    assertThat(isTurned(before)).isTrue();
    assertThat(isTurned(after)).isFalse();
    assertThat(sums(after)).isEqualTo(1);
  }

  @Test
  void soTheyAreWhereNothingStays() {
    Graph before = builder.build(List.of(back));
    Graph after = TurnedProduct.apply(before);
    assertSame(before, after);
    assertThat(isTurned(after)).isFalse();
  }

  @Test
  void andWhereNothingFlowsOn() {
    Graph before = DeadCode.remove(builder.build(List.of(stays)));
    Graph after = TurnedProduct.apply(before);
    assertSame(before, after);
    assertThat(isTurned(after)).isFalse();
  }

  @Test
  void whatElseReadsTheProductKeepsIt() {
    Value read = ops.unary("read", "Exp", product);
    Graph before = builder.build(List.of(back, stays, read));
    Graph after = TurnedProduct.apply(before);
    assertSame(before, after);
    assertThat(isTurned(after)).isTrue();
  }

  @Test
  void whatElseReadsTheSumsKeepsIt() {
    Graph before = builder.build(List.of(back, stays, ops.unary("read", "Exp", ofHeads)));
    Graph after = TurnedProduct.apply(before);
    assertSame(before, after);
    assertThat(isTurned(after)).isTrue();
  }

  /** As under plain gradients, which go to the weights too. */
  @Test
  void whatElseReadsRowsByHeadKeepsIt() {
    Value toWeights = ops.fusedMatMul("to_weights", byHead, false, values, true, 1f);
    Graph before = builder.build(List.of(back, toWeights));
    Graph after = TurnedProduct.apply(before);
    assertSame(before, after);
    assertThat(after.nodes().stream().map(Node::name)).contains("t.by_head");
    assertThat(isTurned(after)).isTrue();
  }

  /** A square of heads, and a product of what this pass would make: neither can be turned. */
  @Test
  void productsOfThemselvesAreKept() {
    Value square = ops.fusedMatMul("square", byHead, true, byHead, false, 1f);
    Graph before = builder.build(List.of(ops.transpose("square_back", square, BY_HEAD)));
    assertSame(before, TurnedProduct.apply(before));
  }

  @Test
  void outputsStayWhatTheyAre() {
    assertSame(
        builder.build(List.of(back, stays, product, byHead)),
        TurnedProduct.apply(builder.build(List.of(back, stays, product, byHead))));
  }
}
