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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums over the rows of records. */
class TokenSumsTest {
  private static final long SEED = 20_261_129;
  private static final Map<String, DoubleTensor> INPUTS =
      Map.of(
          "rows", RandomTensor.of(SEED, 2, 3, 5),
          "others", RandomTensor.of(SEED + 1, 2, 3, 4),
          "few", RandomTensor.of(SEED + 2, 2, 7, 5),
          "one", RandomTensor.of(SEED + 4, 2, 1, 5),
          "heads", RandomTensor.of(SEED + 3, 2, 3, 4, 5));

  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "t", "layer.0");
  private final Dim batch = Dim.symbol("batch");
  private final Dim sequence = Dim.symbol("sequence");
  private final Value rows = input("rows", batch, sequence, Dim.of(5));
  private final Value others = input("others", batch, sequence, Dim.of(4));
  private final Value few = input("few", batch, Dim.of(7), Dim.of(5));
  private final Value one = input("one", batch, Dim.of(1), Dim.of(5));
  private final Value heads = input("heads", batch, sequence, Dim.of(4), Dim.of(5));

  private Value input(String name, Dim... dims) {
    return builder.input(name, DataType.FLOAT32, Shape.of(dims));
  }

  private static Graph applied(Graph before) {
    Graph after = TokenSums.apply(before);
    SameOutputs.check(before, after, INPUTS, 1e-12, SEED);
    return after;
  }

  private static long count(Graph graph, String op) {
    return graph.nodes().stream().map(Node::op).filter(op::equals).count();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areProductsByOnes(boolean isKept) {
    Value sum = ops.reduceSum("sum", rows, isKept, 1);
    Graph after = applied(builder.build(List.of(sum)));
    assertThat(count(after, "ReduceSum")).isZero();
    assertThat(count(after, "MatMul")).isEqualTo(1);
    assertThat(after.value(sum.name()).shape()).isEqualTo(sum.shape());
  }

  /** Equal numbers of rows have the same ones, others their own. */
  @Test
  void onesAreMadeOnce() {
    Graph after =
        applied(
            builder.build(
                List.of(
                    ops.reduceSum("first", rows, false, 1),
                    ops.reduceSum("second", others, false, 1),
                    ops.reduceSum("third", few, false, 1))));
    assertThat(count(after, "MatMul")).isEqualTo(3);
    assertThat(count(after, "Expand")).isEqualTo(1);
    assertThat(after.constant("const.ones.7")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofOneRowAreTheRow(boolean isKept) {
    Graph after = applied(builder.build(List.of(ops.reduceSum("sum", one, isKept, 1))));
    assertThat(count(after, "ReduceSum") + count(after, "MatMul")).isZero();
  }

  @Test
  void otherSumsStay() {
    Graph after =
        applied(
            builder.build(
                List.of(
                    ops.reduceSum("columns", rows, false, 2),
                    ops.reduceSum("all", rows, false, 1, 2),
                    ops.reduceSum("by_head", heads, false, 1))));
    assertThat(count(after, "ReduceSum")).isEqualTo(3);
    assertThat(count(after, "MatMul")).isZero();
  }
}
