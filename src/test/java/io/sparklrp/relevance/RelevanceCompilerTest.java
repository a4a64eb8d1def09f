package io.sparklrp.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.DoubleExplanation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the compiler does with graphs that are not BERT. */
class RelevanceCompilerTest {
  private static final List<long[]> RECORDS = List.of(new long[] {1, 3, 0}, new long[] {2, 2, 1});

  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "m", "layer.0");
  private final Value ids = ids();
  private final Value words =
      ops.gather(
          "words",
          builder.initializer(
              "table", Tensor.floats(new long[] {4, 2}, 1, -2, 3, 0.5f, -1, 1, 2, 2)),
          ids,
          0);

  private Value ids() {
    return builder.input(
        "input_ids", DataType.INT64, Shape.of(Dim.symbol("batch"), Dim.symbol("sequence")));
  }

  private CompiledRelevance compile(Value logits, Method method) {
    ModelGraph model = new ModelGraph(builder.build(List.of(logits)), words.name(), logits.name());
    return method.append(model, TargetSource.SEED, LedgerDetail.LAYER);
  }

  private Value firstRow(Value x) {
    Value row = ops.slice("row", x, 1, ops.longs(0), ops.longs(1));
    return ops.reshape("logits", row, 0, 2);
  }

  @Test
  void allNodesWithoutARuleAreNamed() {
    Value strange = ops.unary("strange", "Erf", words);
    Value odd = ops.unary("odd", "Erf", ops.add("sum", strange, words));
    assertThatThrownBy(() -> compile(firstRow(odd), Methods.LRP))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("m.strange (Erf)")
        .hasMessageContaining("m.odd (Erf)")
        .hasMessageContaining("check-model");
  }

  @Test
  void divisionByWhatDependsOnTheEmbeddingsHasNoRule() {
    Value quotient = ops.div("quotient", ops.scalar(1f), words);
    assertThatThrownBy(() -> compile(firstRow(quotient), Methods.LRP))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("m.quotient (Div)");
  }

  @Test
  void operatorsThatTheScoreDoesNotNeedNeedNoRule() {
    ops.unary("unread", "Erf", words);
    assertThat(compile(firstRow(words), Methods.LRP).ledgerEntries()).isEmpty();
  }

  @Test
  void outputThatDoesNotDependOnTheEmbeddingsIsRefused() {
    Value other =
        ops.gather(
            "other",
            builder.initializer("second", Tensor.floats(new long[] {4, 2}, new float[8])),
            ids,
            0);
    assertThatThrownBy(() -> compile(firstRow(other), Methods.LRP))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("does not depend on the embeddings");
  }

  /** y = x + x[first], so that the first row gets the gradient of every row. */
  @Test
  void gradientOfARepeatedValueIsSummed() {
    Value first = ops.slice("first", words, 1, ops.longs(0), ops.longs(1));
    Value sum = ops.add("sum", words, first);
    Value rows = ops.slice("rows", sum, 1, ops.longs(0), ops.longs(3));
    Value weights =
        builder.initializer(
            "mix", Tensor.floats(new long[] {6, 2}, 1, 0, 0, 1, 2, 0, 0, 2, 3, 0, 0, 3));
    Value logits = ops.matMul("logits", ops.reshape("flat", rows, 0, 6), weights);
    DoubleExplanation explained =
        DoubleExplanation.of(compile(logits, Methods.LRP), new double[] {1, 0}, RECORDS);
    assertThat(explained.residual(0)).isCloseTo(0, within(1e-12));
    assertThat(explained.residual(1)).isCloseTo(0, within(1e-12));
    // tokens 1, 3, 0 have the first features 3, 2, 1; weights 1, 2, 3; the first is in all rows: 3
    // (1 + 6)
    assertThat(explained.relevance(0)).containsExactly(new double[] {21, 4, 3}, within(1e-12));
  }

  @Test
  void additiveConstantsAreBookedByTheirPartOfTheModel() {
    Value offset = builder.initializer("offset", Tensor.floats(new long[] {2}, 0.5f, -4f));
    Value shifted = ops.scoped("layer.7").add("shifted", words, offset);
    DoubleExplanation explained =
        DoubleExplanation.of(
            compile(firstRow(shifted), Methods.LRP_STAY), new double[] {1, 2}, RECORDS);
    assertThat(explained.entries()).containsExactly("layer.7");
    assertThat(explained.ledger(0)).containsExactly(0.5 - 8);
    assertThat(explained.residual(0)).isZero();
  }

  @Test
  void productOfTwoActivationsIsConservedOnlyByMethodsThatShareIt() {
    Value square = ops.mul("square", words, words);
    Value logits = firstRow(square);
    double[] seed = {1, 1};
    DoubleExplanation lrp = DoubleExplanation.of(compile(logits, Methods.LRP), seed, RECORDS);
    DoubleExplanation gradient =
        DoubleExplanation.of(compile(logits, Methods.GRADIENT_X_INPUT), seed, RECORDS);
    assertThat(lrp.residual(0)).isCloseTo(0, within(1e-12));
    assertThat(gradient.residual(0)).isCloseTo(-lrp.score(0), within(1e-12));
  }
}
