package io.sparklrp.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.compile.Compilation;
import io.sparklrp.compile.GraphStorage;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.method.Gradient;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.model.Target;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.GraphMethods;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import io.sparklrp.relevance.target.GivenTargets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several targets through one forward pass are the same targets one by one. */
class TargetLoopTest {
  private static final int TARGETS = 3;
  private static final int PARTS = 2;
  private static final int RECORDS = 2;
  private static final int LONGEST = 12;
  private static final List<String> BY_TARGET = List.of("score", "relevance", "ledger");

  /** Two outputs of weight, a contrast, and of the second record nothing as the third. */
  private static final DoubleTensor INDEX =
      DoubleTensor.of(new int[] {TARGETS, RECORDS, PARTS}, 0, 0, 2, 0, 1, 0, 1, 2, 2, 1, 0, 0);

  private static final DoubleTensor WEIGHT =
      DoubleTensor.of(new int[] {TARGETS, RECORDS, PARTS}, 1, 0, 1, 0, 1, -1, 1, 1, 1, 0, 0, 0);

  static Stream<Arguments> gradients() {
    return cases().filter(one -> one.get()[1] instanceof Gradient);
  }

  static Stream<Arguments> cases() {
    return Stream.of("bert-seqcls", "bert-tokcls")
        .flatMap(name -> GraphMethods.all().stream().map(method -> Arguments.of(name, method)));
  }

  @AfterAll
  static void closeSessions() {
    EngineSessions.ofJvm().closeIdle();
  }

  private static ModelGraph model(String fixture) {
    return Architectures.build(GoldenFixture.of(fixture).checkpoint()).model();
  }

  private static CompiledRelevance compiled(String fixture, Method method) {
    return Compilation.compile(model(fixture), method, TargetSource.TARGETS, LedgerDetail.LAYER);
  }

  /** The fixture's shortest records, padded to the longer one. */
  private static Map<String, DoubleTensor> inputs(GoldenFixture fixture) {
    List<GoldenFixture.GoldenRecord> records =
        fixture.records().stream()
            .sorted((a, b) -> Integer.compare(a.ids().length, b.ids().length))
            .limit(RECORDS)
            .toList();
    Map<String, DoubleTensor> inputs = new HashMap<>();
    inputs.put("input_ids", rows(records.stream().map(r -> r.ids()).toList()));
    inputs.put("attention_mask", rows(records.stream().map(r -> r.mask()).toList()));
    inputs.put("token_type_ids", rows(records.stream().map(r -> r.types()).toList()));
    return inputs;
  }

  private static DoubleTensor rows(List<long[]> records) {
    int width = records.stream().mapToInt(r -> r.length).max().orElseThrow();
    DoubleTensor rows = DoubleTensor.zeros(records.size(), width);
    for (int b = 0; b < records.size(); b++) {
      for (int t = 0; t < records.get(b).length; t++) {
        rows.data()[b * width + t] = records.get(b)[t];
      }
    }
    return rows;
  }

  private static double[] slice(DoubleTensor all, int target) {
    int size = all.data().length / TARGETS;
    return Arrays.copyOfRange(all.data(), target * size, (target + 1) * size);
  }

  private static DoubleTensor one(DoubleTensor all, int target) {
    return DoubleTensor.of(new int[] {RECORDS, PARTS}, slice(all, target));
  }

  private static Map<String, DoubleTensor> run(
      CompiledRelevance graph,
      Map<String, DoubleTensor> inputs,
      DoubleTensor index,
      DoubleTensor weight) {
    Map<String, DoubleTensor> fed = new HashMap<>(inputs);
    fed.put("target_index", index);
    fed.put("target_weight", weight);
    return Interpreter.run(graph.graph(), fed);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void severalTargetsAreExactlyThoseOneByOne(String fixture, Method method) {
    CompiledRelevance compiled = compiled(fixture, method);
    CompiledRelevance single = TargetLoop.apply(compiled, new GivenTargets(false));
    CompiledRelevance several = TargetLoop.apply(compiled, new GivenTargets(true));
    Map<String, DoubleTensor> inputs = inputs(GoldenFixture.of(fixture));
    Map<String, DoubleTensor> all = run(several, inputs, INDEX, WEIGHT);
    assertThat(several.ledgerEntries()).isEqualTo(single.ledgerEntries());
    for (int target = 0; target < TARGETS; target++) {
      Map<String, DoubleTensor> alone =
          run(single, inputs, one(INDEX, target), one(WEIGHT, target));
      for (String name : BY_TARGET) {
        assertThat(slice(all.get(name), target))
            .as("%s of target %d", name, target)
            .isEqualTo(alone.get(name).data());
      }
      assertThat(all.get("logits")).isEqualTo(alone.get("logits"));
      assertThat(all.get("predicted")).isEqualTo(alone.get("predicted"));
    }
  }

  /** What a record has fewer of than others is nothing: it sends no relevance. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("gradients")
  void targetsOfNoWeightAreZero(String fixture, Method method) {
    CompiledRelevance several = TargetLoop.apply(compiled(fixture, method), new GivenTargets(true));
    Map<String, DoubleTensor> all = run(several, inputs(GoldenFixture.of(fixture)), INDEX, WEIGHT);
    for (String name : BY_TARGET) {
      double[] last = slice(all.get(name), TARGETS - 1);
      int size = last.length / RECORDS;
      assertThat(Arrays.stream(last, size, 2 * size)).as(name).allMatch(x -> x == 0);
      assertThat(Arrays.stream(last, 0, size)).as(name).anyMatch(x -> x != 0);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void forwardPassIsOutsideTheLoop(String fixture, Method method) {
    CompiledRelevance compiled = compiled(fixture, method);
    Graph graph = TargetLoop.apply(compiled, new GivenTargets(true)).graph();
    List<Node> loops = graph.nodes().stream().filter(node -> node.op().equals("Scan")).toList();
    assertThat(loops).hasSize(1);
    Graph body = ((Attribute.GraphValue) loops.get(0).attributes().get("body")).value();
    Set<String> forward = new HashSet<>(names(Compilation.pruned(model(fixture)).graph()));
    Set<String> inside = names(body);
    assertThat(inside).isNotEmpty().doesNotContainAnyElementsOf(forward);
    assertThat(body.initializers()).isEmpty();
    Set<String> outside = names(graph);
    outside.remove(loops.get(0).name());
    assertThat(outside).doesNotContainAnyElementsOf(inside);
    outside.addAll(inside);
    assertThat(outside).isEqualTo(names(compiled.graph()));
  }

  private static Set<String> names(Graph graph) {
    return graph.nodes().stream().map(Node::name).collect(Collectors.toCollection(HashSet::new));
  }

  /** The same on the engine, in a batch of records that have one, two and three targets. */
  @ParameterizedTest
  @ValueSource(strings = {"bert-seqcls", "bert-tokcls"})
  void recordsOfABatchMayHaveFewerTargets(String fixture) {
    List<EncodedText> texts =
        List.of(
            SampleRecords.text(101, 7, 8, 9, 102),
            SampleRecords.text(3, 4, 5),
            SampleRecords.text(1, 800, 30, 31, 32, 33, 34));
    List<TargetWeights> targets =
        List.of(TargetWeights.of(2), TargetWeights.contrast(1, 0), TargetWeights.sum(0, 1, 2));
    List<RecordTargets> asked =
        List.of(
            RecordTargets.of(targets.get(0)),
            new RecordTargets(new long[0], targets),
            new RecordTargets(new long[0], targets.subList(0, 2)));
    List<List<RecordRelevance>> found = explain(fixture, true, texts, asked);
    assertThat(found.stream().map(List::size)).containsExactly(1, 3, 2);
    for (int target = 0; target < targets.size(); target++) {
      List<RecordTargets> same =
          List.of(
              RecordTargets.of(targets.get(target)),
              RecordTargets.of(targets.get(target)),
              RecordTargets.of(targets.get(target)));
      List<List<RecordRelevance>> alone = explain(fixture, false, texts, same);
      for (int record = 0; record < texts.size(); record++) {
        if (target < found.get(record).size()) {
          compare(found.get(record).get(target), alone.get(record).get(0));
          assertThat(found.get(record).get(target).target())
              .contains(asked.get(record).targets().get(target));
        }
      }
    }
  }

  private static List<List<RecordRelevance>> explain(
      String fixture, boolean several, List<EncodedText> texts, List<RecordTargets> asked) {
    ModelAssembly assembly = ModelAssembly.open(GoldenFixture.of(fixture).directory());
    Program model;
    try (GraphStorage storage = new GraphStorage()) {
      model =
          several
              ? assembly.assemble(Methods.LRP_STAY, new Target.Several(List.of()), LONGEST, storage)
              : assembly.assemble(Methods.LRP_STAY, TargetSource.TARGETS, LONGEST, storage);
    }
    assertThat(model.hasSeveralTargets()).isEqualTo(several);
    try (EngineSession session = EngineSessions.ofJvm().acquire(model)) {
      return session.explain(TokenBatch.of(texts, asked));
    }
  }

  private static void compare(RecordRelevance one, RecordRelevance other) {
    assertThat(one.score()).isCloseTo(other.score(), within(1e-6));
    assertThat(SampleRecords.relevance(one))
        .containsExactly(SampleRecords.relevance(other), within(1e-6));
    assertThat(SampleRecords.ledger(one))
        .containsExactly(SampleRecords.ledger(other), within(1e-6));
    assertThat(SampleRecords.logits(one)).isEqualTo(SampleRecords.logits(other));
  }
}
