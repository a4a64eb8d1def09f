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
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.RandomTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PadsOfAllAxesTest {
  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "m", "layer.0");
  private final Value x =
      builder.input(
          "x", DataType.FLOAT32, Shape.of(Dim.symbol("batch"), Dim.of(3), Dim.symbol("sequence")));

  private Value pads(boolean areKnown) {
    Value length = ops.sub("zero", ops.dimension("length", x, 2), ops.dimension("length", x, 2));
    return areKnown ? ops.longs(1, 0, 2, 0) : ops.add("pads", ops.longs(1, 0, 2, 0), length);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyAxisIsNamedAndTheResultStays(boolean areKnown) {
    Value padded =
        ops.op("padded", "Pad", Map.of(), x, pads(areKnown), ops.scalar(7f), ops.longs(1, -1));
    Graph before = builder.build(List.of(padded));
    Graph after = PadsOfAllAxes.apply(before);
    Node pad = after.producer(padded.name()).orElseThrow();
    assertThat(after.constant(pad.input(3)).orElseThrow().toLongs()).containsExactly(0, 1, 2);
    assertThat(after.value(padded.name()).shape().dim(0)).isEqualTo(Dim.symbol("batch"));
    DoubleTensor values = RandomTensor.of(1, 2, 3, 4);
    assertThat(run(after, values).data()).containsExactly(run(before, values).data());
    assertThat(run(after, values).shape()).containsExactly(2, 6, 4);
  }

  private static DoubleTensor run(Graph graph, DoubleTensor values) {
    return Interpreter.run(graph, Map.of("x", values)).get(graph.outputs().get(0).name());
  }
}
