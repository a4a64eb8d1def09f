package io.sparklrp.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.pass.DeadCode;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three tokens among rows that the model adds: which amounts are whose. */
class TokenRowsTest {
  private static final int TOKENS = 3;

  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "m", "embeddings");
  private final Dim batch = Dim.symbol("batch");
  private final Value x = rows("x", Dim.of(TOKENS));

  private Value rows(String name, Dim rows) {
    return builder.input(name, DataType.FLOAT32, Shape.of(batch, rows, Dim.of(2)));
  }

  private TokenRows tokenRows(Value output, String embeddings) {
    Graph graph = builder.build(List.of(output));
    return TokenRows.of(graph, new ActiveValues(graph, embeddings), embeddings);
  }

  private double[] computed(Value value, DoubleTensor byRow) {
    return Interpreter.run(DeadCode.remove(builder.build(List.of(value))), Map.of("by_row", byRow))
        .get(value.name())
        .data();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "0, 1", "1, 2"})
  void tokensAreTakenOutFromBetweenTheOthers(int before, int behind) {
    List<Value> parts = new ArrayList<>();
    if (before > 0) {
      parts.add(rows("before", Dim.of(before)));
    }
    parts.add(x);
    if (behind > 0) {
      parts.add(rows("behind", Dim.of(behind)));
    }
    TokenRows rows = tokenRows(ops.concat("joined", 1, parts), "x");
    int all = before + TOKENS + behind;
    Value byRow = builder.input("by_row", DataType.FLOAT32, Shape.of(batch, Dim.of(all)));
    DoubleTensor amounts = DoubleTensor.zeros(2, all);
    for (int i = 0; i < amounts.data().length; i++) {
      amounts.data()[i] = i / all * 100 + i % all;
    }
    assertThat(computed(rows.ofTokens(ops, byRow), amounts))
        .containsExactly(before, before + 1, before + 2, 100 + before, 101 + before, 102 + before);
    List<Double> others =
        rows.ofOthers(ops, byRow).stream()
            .peek(other -> assertThat(other.shape()).isEqualTo(Shape.of(batch, Dim.of(1))))
            .map(other -> computed(other, amounts)[1])
            .toList();
    List<Double> wanted = new ArrayList<>();
    for (int row = 0; row < all; row++) {
      if (row < before || row >= before + TOKENS) {
        wanted.add(100.0 + row);
      }
    }
    assertThat(others).isEqualTo(wanted);
  }

  @Test
  void withoutSuchRowsAllAreTokens() {
    Value wider = ops.concat("features", 2, List.of(x, rows("more", Dim.of(TOKENS))));
    TokenRows rows = tokenRows(wider, "x");
    Value byRow = builder.input("by_row", DataType.FLOAT32, Shape.of(batch, Dim.of(TOKENS)));
    assertThat(rows.ofTokens(ops, byRow)).isEqualTo(byRow);
    assertThat(rows.ofOthers(ops, byRow)).isEmpty();
  }

  @Test
  void rowsOfTextsAreAllTokens() {
    Value texts = rows("texts", Dim.symbol("sequence"));
    Value scaled = ops.mul("scaled", texts, ops.scalar(2f));
    TokenRows rows = tokenRows(scaled, "texts");
    Value byRow =
        builder.input("by_row", DataType.FLOAT32, Shape.of(batch, Dim.symbol("sequence")));
    assertThat(rows.ofTokens(ops, byRow)).isEqualTo(byRow);
    assertThat(rows.ofOthers(ops, byRow)).isEmpty();
  }
}
