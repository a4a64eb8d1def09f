package io.sparklrp.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.explain.flow.AttentionFlow;
import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.pass.CommonSubexpressions;
import io.sparklrp.graph.pass.DeadCode;
import io.sparklrp.graph.pass.OutputRows;
import io.sparklrp.graph.pass.SlicePushdown;
import io.sparklrp.method.Gradient;
import io.sparklrp.method.Method;
import io.sparklrp.method.MethodOptions;
import io.sparklrp.method.Methods;
import io.sparklrp.model.Procedure;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.GoldenInputs;
import io.sparklrp.oracle.GraphMethods;
import io.sparklrp.oracle.Interpreter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The compiled graphs in double precision against the float64 references: all but equal. */
class GoldenRelevanceTest {
  /**
   * float32 constants of the graph, such as 1/sqrt(d_k) or a cosine, against the reference's
   * float64.
   */
  private static final double CLOSE = 2e-7;

  /** Records of a fixture that a property is shown on. */
  private static final int SOME = 1;

  /** What rounding leaves of sums in double precision, over their scale. */
  private static final double CLOSES = 1e-9;

  static Stream<Arguments> cases() {
    return GoldenFixture.names().stream()
        .flatMap(name -> ofOneRun().map(method -> Arguments.of(name, method)));
  }

  /** Those that run a model again and again are compared on the engine. */
  private static Stream<Method> ofOneRun() {
    return Stream.concat(GraphMethods.all().stream(), Stream.of(Methods.ATTENTION_FLOW));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void relevanceAndLedgerAreTheReferences(String name, Method method) {
    GoldenFixture fixture = GoldenFixture.of(name);
    CompiledRelevance compiled = compile(fixture, method, LedgerDetail.LAYER);
    for (GoldenFixture.GoldenRecord record : fixture.records()) {
      Map<String, DoubleTensor> values = run(compiled, record);
      double close = CLOSE * Math.max(1, record.scale(method.id()));
      double closeLogit = CLOSE * Math.max(1, largest(record.logits()));
      assertThat(values.get("logits").data()).containsExactly(record.logits(), within(closeLogit));
      assertThat(values.get("score").data()[0]).isCloseTo(record.score(), within(closeLogit));
      assertThat(byToken(method, compiled, values, record.relevance(method.id()).length))
          .as("%s", record)
          .containsExactly(record.relevance(method.id()), within(close));
      if (method.procedure(compiled) == Procedure.NONE) {
        compareLedger(compiled.ledgerEntries(), values, record.ledger(method.id()), close);
      } else {
        assertThat(compiled.ledgerEntries()).isEmpty();
      }
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("io.sparklrp.oracle.GoldenFixture#names")
  void ledgerByParameterIsTheReference(String name) {
    GoldenFixture fixture = GoldenFixture.of(name);
    CompiledRelevance compiled = compile(fixture, Methods.LRP, LedgerDetail.PARAMETER);
    for (GoldenFixture.GoldenRecord record : fixture.records()) {
      compareLedger(
          compiled.ledgerEntries(),
          run(compiled, record),
          record.ledgerByParameter(),
          CLOSE * Math.max(1, record.scale("lrp")));
    }
  }

  static Stream<Arguments> gradients() {
    return GoldenFixture.names().stream()
        .flatMap(
            name ->
                Methods.all().stream()
                    .filter(Gradient.class::isInstance)
                    .map(method -> Arguments.of(name, method)));
  }

  static Stream<Arguments> options() {
    List<Method> methods =
        List.of(
            MethodOptions.of(Map.of("gamma", "0.25")).method("lrp"),
            MethodOptions.of(Map.of("epsilon", "0.1")).method("lrp-stay"),
            MethodOptions.of(Map.of("stay", "0.75-0.25")).method("lrp-stay"));
    return GoldenFixture.names().stream()
        .flatMap(name -> methods.stream().map(method -> Arguments.of(name, method)));
  }

  /** Whatever linear layers favour or absorb is booked, and whatever stays is the tokens'. */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("options")
  void optionsOfMethodsConserve(String name, Method method) {
    GoldenFixture fixture = GoldenFixture.of(name);
    CompiledRelevance compiled = compile(fixture, method, LedgerDetail.LAYER);
    CompiledRelevance plain = compile(fixture, Methods.named(method.id()), LedgerDetail.LAYER);
    for (GoldenFixture.GoldenRecord record : fixture.records().subList(0, SOME)) {
      Map<String, DoubleTensor> values = run(compiled, record);
      assertCloses(values, record);
      assertThat(values.get("relevance").data())
          .isNotEqualTo(run(plain, record).get("relevance").data());
    }
  }

  /**
   * What nodes absorb is all that a method leaves of the score; conservative ones leave nothing.
   */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("gradients")
  void ledgerByCauseClosesForEveryMethod(String name, Method method) {
    GoldenFixture fixture = GoldenFixture.of(name);
    CompiledRelevance compiled = compile(fixture, method, LedgerDetail.CAUSE);
    List<String> entries = compiled.ledgerEntries();
    for (GoldenFixture.GoldenRecord record : fixture.records().subList(0, SOME)) {
      Map<String, DoubleTensor> values = run(compiled, record);
      double[] amounts = values.get("ledger").data();
      double close = assertCloses(values, record);
      if (method.isConservative()) {
        IntStream.range(0, amounts.length)
            .filter(i -> entries.get(i).startsWith("absorbed:"))
            .forEach(i -> assertThat(amounts[i]).as(entries.get(i)).isCloseTo(0, within(close)));
      }
    }
  }

  /**
   * What constants add in the rows of tokens is all that the ledger books as bias, but for rows
   * that are no tokens and a head that reads one row.
   */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("io.sparklrp.oracle.GoldenFixture#names")
  void constantsInRowsOfTokensAreThoseOfTheLedger(String name) {
    GoldenFixture fixture = GoldenFixture.of(name);
    CompiledRelevance compiled = compile(fixture, Methods.LRP_STAY, LedgerDetail.TOKEN);
    CompiledRelevance plain = compile(fixture, Methods.LRP_STAY, LedgerDetail.LAYER);
    for (GoldenFixture.GoldenRecord record : fixture.records().subList(0, SOME)) {
      Map<String, DoubleTensor> values = run(compiled, record);
      Map<String, DoubleTensor> before = run(plain, record);
      double close = CLOSE * Math.max(1, record.scale("lrp-stay"));
      assertThat(values.get("relevance").data())
          .containsExactly(before.get("relevance").data(), within(close));
      assertThat(compiled.ledgerEntries()).isEqualTo(plain.ledgerEntries());
      assertThat(values.get("ledger").data())
          .containsExactly(before.get("ledger").data(), within(close));
      double[] added = values.get("token_bias").data();
      assertThat(added).hasSameSizeAs(values.get("relevance").data());
      if (fixture.checkpoint().tokenizer().isPresent()) { // all rows are tokens
        assertThat(Arrays.stream(added).sum())
            .isCloseTo(biasInRows(fixture, compiled, values), within(close));
      }
    }
  }

  /** What is told of each token is what the token gets, and the ledger loses. */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("io.sparklrp.oracle.GoldenFixture#names")
  void constantsInRowsOfTokensCanBeTheTokens(String name) {
    GoldenFixture fixture = GoldenFixture.of(name);
    Method taking = MethodOptions.NONE.with("bias", "to-tokens").method("lrp-stay");
    CompiledRelevance told = compile(fixture, Methods.LRP_STAY, LedgerDetail.TOKEN);
    CompiledRelevance taken = compile(fixture, taking, LedgerDetail.CAUSE);
    for (GoldenFixture.GoldenRecord record : fixture.records().subList(0, SOME)) {
      Map<String, DoubleTensor> values = run(taken, record);
      Map<String, DoubleTensor> before = run(told, record);
      double close = CLOSE * Math.max(1, record.scale("lrp-stay"));
      double[] expected = before.get("relevance").data();
      double[] added = before.get("token_bias").data();
      for (int i = 0; i < expected.length; i++) {
        expected[i] += added[i];
      }
      assertThat(values.get("relevance").data()).containsExactly(expected, within(close));
      double absorbed = assertCloses(values, record);
      double[] amounts = values.get("ledger").data();
      IntStream.range(0, amounts.length)
          .filter(i -> taken.ledgerEntries().get(i).startsWith("absorbed:"))
          .forEach(i -> assertThat(amounts[i]).isCloseTo(0, within(absorbed)));
    }
  }

  /** What stays is shared otherwise, and all of it stays. */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("io.sparklrp.oracle.GoldenFixture#names")
  void whatStaysMayBeTheQueries(String name) {
    GoldenFixture fixture = GoldenFixture.of(name);
    Method sharing = MethodOptions.NONE.with("stay-query", 0.5f).method("lrp-stay");
    CompiledRelevance plain = compile(fixture, Methods.LRP_STAY, LedgerDetail.CAUSE);
    CompiledRelevance shared = compile(fixture, sharing, LedgerDetail.CAUSE);
    assertThat(shared.ledgerEntries()).isEqualTo(plain.ledgerEntries());
    for (GoldenFixture.GoldenRecord record : fixture.records().subList(0, SOME)) {
      Map<String, DoubleTensor> values = run(shared, record);
      Map<String, DoubleTensor> before = run(plain, record);
      double close = assertCloses(values, record);
      assertThat(values.get("relevance").data()).isNotEqualTo(before.get("relevance").data());
      double[] amounts = values.get("ledger").data();
      for (int i = 0; i < amounts.length; i++) {
        String entry = plain.ledgerEntries().get(i);
        if (!entry.equals("embeddings")) { // rows that are no tokens have their part, too
          assertThat(amounts[i]).as(entry).isCloseTo(before.get("ledger").data()[i], within(close));
        }
      }
    }
  }

  /** What the ledger books as bias, but for that of a head which reads one row of the tokens. */
  private static double biasInRows(
      GoldenFixture fixture, CompiledRelevance compiled, Map<String, DoubleTensor> values) {
    List<String> others =
        fixture.head().startsWith("sequence classification")
            ? List.of("position", "segment", "head")
            : List.of("position", "segment");
    List<String> entries = compiled.ledgerEntries();
    double[] amounts = values.get("ledger").data();
    return IntStream.range(0, amounts.length)
        .filter(i -> !others.contains(entries.get(i)))
        .mapToDouble(i -> amounts[i])
        .sum();
  }

  /** Asserts that the ledger closes up to the rounding of doubles, which it gives. */
  private static double assertCloses(
      Map<String, DoubleTensor> values, GoldenFixture.GoldenRecord record) {
    double[] amounts = values.get("ledger").data();
    double[] relevance = values.get("relevance").data();
    double scale =
        Arrays.stream(amounts).map(Math::abs).sum() + Arrays.stream(relevance).map(Math::abs).sum();
    double close = CLOSES * Math.max(1, scale);
    double rest =
        values.get("score").data()[0]
            - Arrays.stream(amounts).sum()
            - Arrays.stream(relevance).sum();
    assertThat(rest).as("%s", record).isCloseTo(0, within(close));
    return close;
  }

  /** One number a token, which attention weights become outside of the graph. */
  private static double[] byToken(
      Method method, CompiledRelevance compiled, Map<String, DoubleTensor> values, int tokens) {
    double[] numbers = values.get("relevance").data();
    if (!(method.procedure(compiled) instanceof Procedure.Flow flow)) {
      return numbers;
    }
    float[] weights = new float[numbers.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) numbers[i];
    }
    float[] flows = AttentionFlow.of(flow, weights, tokens);
    return IntStream.range(0, tokens).mapToDouble(i -> flows[i]).toArray();
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
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
    reference
        .bias()
        .forEach(
            (entry, amount) ->
                assertThat(amount == 0 || entries.contains(entry)).as(entry).isTrue());
    double parts =
        Arrays.stream(amounts).sum() + Arrays.stream(values.get("relevance").data()).sum();
    double residual = values.get("score").data()[0] - parts;
    assertThat(residual).isCloseTo(reference.residual(), within(10 * close));
  }

  private static CompiledRelevance compile(
      GoldenFixture fixture, Method method, LedgerDetail detail) {
    ModelGraph model = Architectures.build(fixture.checkpoint()).model();
    if (fixture.records().get(0).row().isPresent()) {
      model = OutputRows.select(model, Dim.of(1));
    }
    ModelGraph pruned =
        method.readsAllRows() || detail.isByToken()
            ? model
            : new ModelGraph(
                SlicePushdown.apply(model.graph()), model.embeddings(), model.logits());
    CompiledRelevance compiled = method.append(pruned, TargetSource.SEED, detail);
    Graph graph = DeadCode.remove(CommonSubexpressions.merge(compiled.graph()));
    return new CompiledRelevance(graph, compiled.ledgerEntries());
  }

  private static Map<String, DoubleTensor> run(
      CompiledRelevance compiled, GoldenFixture.GoldenRecord record) {
    return Interpreter.run(compiled.graph(), GoldenInputs.of(compiled.graph(), record));
  }
}
