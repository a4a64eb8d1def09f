package io.sparklrp.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.pass.CommonSubexpressions;
import io.sparklrp.graph.pass.DeadCode;
import io.sparklrp.graph.pass.SlicePushdown;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.Interpreter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The compiled graphs in double precision against the float64 references: all but equal. */
class GoldenRelevanceTest {
  /** float32 constants of the graph, such as 1/sqrt(d_k), against the reference's float64. */
  private static final double CLOSE = 2e-7;

  private final GoldenFixture fixture = GoldenFixture.of("bert-seqcls");
  private final ModelGraph model = Architectures.build(fixture.checkpoint()).model();

  @ParameterizedTest
  @EnumSource(Method.class)
  void relevanceAndLedgerAreTheReferences(Method method) {
    CompiledRelevance compiled = compile(method, LedgerDetail.LAYER);
    for (GoldenFixture.GoldenRecord record : fixture.records()) {
      Map<String, DoubleTensor> values = Interpreter.run(compiled.graph(), inputs(record));
      double close = CLOSE * Math.max(1, record.scale(method.id()));
      assertThat(values.get("relevance").data())
          .as("%s", record)
          .containsExactly(record.relevance(method.id()), within(close));
      assertThat(values.get("logits").data()).containsExactly(record.logits(), within(CLOSE));
      assertThat(values.get("score").data()[0]).isCloseTo(record.score(), within(CLOSE));
      compareLedger(compiled.ledgerEntries(), values, record.ledger(method.id()), close);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "LRP")
  void ledgerByParameterIsTheReference(Method method) {
    CompiledRelevance compiled = compile(method, LedgerDetail.PARAMETER);
    for (GoldenFixture.GoldenRecord record : fixture.records()) {
      Map<String, DoubleTensor> values = Interpreter.run(compiled.graph(), inputs(record));
      compareLedger(
          compiled.ledgerEntries(),
          values,
          record.ledgerByParameter(),
          CLOSE * Math.max(1, record.scale("lrp")));
    }
  }

  private static void compareLedger(
      List<String> entries,
      Map<String, DoubleTensor> values,
      GoldenFixture.Ledger reference,
      double close) {
    double[] amounts = values.get("ledger").data();
    for (int i = 0; i < amounts.length; i++) {
      assertThat(amounts[i])
          .as(entries.get(i))
          .isCloseTo(reference.amount(entries.get(i)), within(close));
    }
    assertThat(entries).containsAll(reference.bias().keySet());
    double parts =
        Arrays.stream(amounts).sum() + Arrays.stream(values.get("relevance").data()).sum();
    double residual = values.get("score").data()[0] - parts;
    assertThat(residual).isCloseTo(reference.residual(), within(10 * close));
  }

  private CompiledRelevance compile(Method method, LedgerDetail detail) {
    ModelGraph pruned =
        new ModelGraph(SlicePushdown.apply(model.graph()), model.embeddings(), model.logits());
    CompiledRelevance compiled =
        RelevanceCompiler.compile(pruned, RuleSet.of(method), TargetSource.SEED, detail);
    Graph graph = DeadCode.remove(CommonSubexpressions.merge(compiled.graph()));
    return new CompiledRelevance(graph, compiled.ledgerEntries());
  }

  private static Map<String, DoubleTensor> inputs(GoldenFixture.GoldenRecord record) {
    Map<String, DoubleTensor> inputs = new HashMap<>();
    inputs.put("input_ids", row(record.ids()));
    inputs.put("attention_mask", row(record.mask()));
    inputs.put("token_type_ids", row(record.types()));
    float[] seed = record.seed();
    DoubleTensor weights = DoubleTensor.zeros(1, seed.length);
    Arrays.setAll(weights.data(), i -> seed[i]);
    inputs.put("seed", weights);
    return inputs;
  }

  private static DoubleTensor row(long[] values) {
    return DoubleTensor.of(
        new int[] {1, values.length}, Arrays.stream(values).asDoubleStream().toArray());
  }
}
