package io.sparklrp.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.relevance.TokenAxes.Along;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two heads of size 3 over [batch, sequence, 6]: which axes still are the record's tokens. */
class TokenAxesTest {
  private static final List<Long> SWAP = List.of(0L, 2L, 1L, 3L);

  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "m", "layer.0");
  private final Value x = rows("x", "sequence");
  private final Value decoder = rows("decoder", "sequence");
  private final Value square =
      builder.initializer("square", Tensor.floats(new long[] {6, 6}, new float[36]));

  private Value rows(String name, String length) {
    Shape shape = Shape.of(Dim.symbol("batch"), Dim.symbol(length), Dim.of(6));
    return builder.input(name, DataType.FLOAT32, shape);
  }

  private Value byHead(String step, Value rows) {
    Value projected = ops.matMul(step + "_projected", rows, square);
    return ops.transpose(step, ops.reshape(step + "_split", projected, 0, 0, 2, 3), SWAP);
  }

  private Value attention(String step, Value queries, Value values) {
    Ops own = ops.in(step);
    Value scores =
        own.fusedMatMul(
            "scores", byHead(step + "q", queries), false, byHead(step + "k", values), true, 1f);
    Value context =
        own.matMul("context", own.softmax("weights", scores), byHead(step + "v", values));
    return own.reshape("joined", own.transpose("rows", context, SWAP), 0, 0, 6);
  }

  private Along along(Value value, int axis) {
    Graph graph = builder.build(List.of(value));
    ActiveValues active = new ActiveValues(graph, "x");
    TokenRows rows = TokenRows.of(graph, active, "x");
    return new TokenAxes(graph, active, rows, "x").along(value.name(), axis);
  }

  @Test
  void attentionKeepsTheRowsOfItsQueries() {
    Value context = attention("self", x, x);
    assertThat(along(context, 1)).isEqualTo(Along.TOKENS);
    assertThat(along(context, 0)).isEqualTo(Along.OTHERS);
    assertThat(along(ops.add("residual", context, x), 1)).isEqualTo(Along.TOKENS);
    assertThat(along(byHead("next", context), 2)).isEqualTo(Along.TOKENS);
  }

  @Test
  void rowsOfADecoderAreNoTokensThoughTheyAreAsMany() {
    Value crossed = attention("cross", decoder, x);
    assertThat(along(crossed, 1)).isEqualTo(Along.OTHERS);
    assertThat(along(byHead("next", ops.add("residual", crossed, decoder)), 2))
        .isEqualTo(Along.OTHERS);
  }

  @Test
  void weightsHaveTokensOfBothSides() {
    Value scores = ops.fusedMatMul("scores", byHead("q", x), false, byHead("k", x), true, 0.5f);
    Value weights = ops.softmax("weights", scores);
    assertThat(along(weights, 2)).isEqualTo(Along.TOKENS);
    assertThat(along(weights, 3)).isEqualTo(Along.TOKENS);
    assertThat(along(weights, 1)).isEqualTo(Along.OTHERS);
  }

  @Test
  void headsMayBeRepeatedAndMergedWithTheRecords() {
    Value byHead = byHead("v", x);
    Value apart = ops.unsqueeze("apart", byHead, 2);
    Value repeated = ops.op("repeated", "Expand", Map.of(), apart, ops.longs(1, 1, 4, 1, 1));
    Value heads = ops.reshape("heads", repeated, 0, 8, -1, 3);
    assertThat(along(repeated, 3)).isEqualTo(Along.TOKENS);
    assertThat(along(heads, 2)).isEqualTo(Along.TOKENS);
  }

  /** As feed-forward parts are computed whose rows are the tokens of all records. */
  @Test
  void tokensMayBeJoinedWithTheRecordsAndPartedAgain() {
    Value flat = ops.reshape("flat", x, -1, 6);
    assertThat(along(flat, 0)).isEqualTo(Along.TOKENS_OF_RECORDS);
    Value wider = ops.add("residual", ops.matMul("wider", flat, square), flat);
    Value shape =
        ops.concat(
            "shape",
            0,
            List.of(ops.dimension("records", x, 0), ops.dimension("length", x, 1), ops.longs(6)));
    Value parted = ops.op("parted", "Reshape", Map.of(), wider, shape);
    assertThat(along(parted, 1)).isEqualTo(Along.TOKENS);
  }

  @Test
  void nothingIsKnownOfTokensThatAreMovedOrMixed() {
    Value shifted = ops.slice("shifted", x, 1, ops.longs(1), ops.longs(Long.MAX_VALUE));
    assertThat(along(shifted, 1)).isEqualTo(Along.UNKNOWN);
    Value mixed = ops.op("mixed", "MatMul", Map.of(), mixing(), x);
    assertThat(along(mixed, 1)).isEqualTo(Along.UNKNOWN);
    Value joined = ops.concat("joined", 1, List.of(x, decoder));
    assertThat(along(joined, 1)).isEqualTo(Along.UNKNOWN);
    Value summed = ops.op("summed", "CumSum", Map.of(), x, ops.integer(1));
    assertThat(along(summed, 1)).isEqualTo(Along.UNKNOWN);
    assertThat(along(ops.add("residual", shifted, shifted), 1)).isEqualTo(Along.UNKNOWN);
    assertThat(along(ops.add("beside", x, summed), 1)).isEqualTo(Along.TOKENS);
  }

  private Value mixing() {
    Shape shape = Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.symbol("sequence"));
    return builder.input("mixing", DataType.FLOAT32, shape);
  }

  @Test
  void otherAxesCanBeCutJoinedAndReduced() {
    Value cut = ops.slice("cut", x, 2, ops.longs(0), ops.longs(3));
    Value padded = ops.pad("padded", cut, 2, ops.longs(0), ops.longs(1), ops.scalar(1f));
    Value joined = ops.concat("joined", -1, List.of(padded, cut));
    assertThat(along(joined, 1)).isEqualTo(Along.TOKENS);
    assertThat(along(ops.reduceSum("pooled", joined, false, 2), 1)).isEqualTo(Along.TOKENS);
    assertThat(along(ops.reduceSum("all", joined, false, 1), 1)).isEqualTo(Along.OTHERS);
    assertThat(along(ops.transpose("turned", x, List.of(1L, 0L, 2L)), 0)).isEqualTo(Along.TOKENS);
    Map<String, Attribute> last = Map.of("axis", Attribute.of(2L));
    Value picked = ops.op("picked", "GatherElements", last, x, index());
    assertThat(along(picked, 1)).isEqualTo(Along.TOKENS);
  }

  private Value index() {
    Shape shape = Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(2));
    return builder.input("index", DataType.INT64, shape);
  }
}
