package io.sparklrp.explain.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.compile.GraphStorage;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.compile.RecordShape;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.Source;
import io.sparklrp.explain.input.InputColumn;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.model.OwnTarget;
import io.sparklrp.oracle.GoldenFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Methods on records of a golden fixture, whatever they share batches with. */
class EvaluatorTest {
  private static final GoldenFixture FIXTURE = GoldenFixture.of("bert-seqcls");
  private static final List<Method> METHODS =
      List.of(
          Methods.LRP_STAY, Methods.OCCLUSION, Methods.LRP, Methods.ATTENTION_FLOW, Methods.RANDOM);

  private static Evaluator evaluator(String replacement, int batchTokens) {
    ModelAssembly assembly = ModelAssembly.open(FIXTURE.directory());
    RecordShape shape =
        new RecordShape(
            new InputColumn("text", "--text-column", InputColumn.Type.TEXT),
            Optional.empty(),
            new InputColumn("content", "--image-column", InputColumn.Type.PICTURE),
            FIXTURE.maxLength(),
            null,
            1_000_000);
    List<Subject> subjects = new ArrayList<>();
    ExplainSpec first = null;
    try (GraphStorage storage = new GraphStorage()) {
      for (Method method : METHODS) {
        var target = assembly.target(List.of("column:label"));
        ExplainSpec spec =
            subjects.isEmpty()
                ? assembly.perturbable(method, target, shape, replacement, storage)
                : assembly.explain(method, target, shape, storage);
        first = first == null ? spec : first;
        subjects.add(
            new Subject(
                method.id(),
                () -> EngineSessions.ofJvm().acquire(spec.program()),
                spec.program().batching(),
                BatchLimits.ofTokens(batchTokens)));
      }
    }
    return new Evaluator(first, subjects, true, RunListener.NONE);
  }

  private static List<Evaluator.Labelled> sources() {
    List<Evaluator.Labelled> sources = new ArrayList<>();
    for (GoldenFixture.GoldenRecord record : FIXTURE.records()) {
      if (record.textPair() == null && record.seed().length == 3) {
        sources.add(labelled(record.text(), "LABEL_" + sources.size() % 3));
      }
    }
    return sources;
  }

  private static Evaluator.Labelled labelled(String text, String label) {
    InputRecord record = new InputRecord.Text(text).with(new OwnTarget(label, OwnTarget.Type.TEXT));
    return new Evaluator.Labelled(Source.of(text, record), null);
  }

  private static Evaluated.Result result(List<Evaluated> methods, Method method) {
    return methods.get(METHODS.indexOf(method)).found().orElseThrow();
  }

  @Test
  void curvesBeginAndEndWithTheWholeAndNothing() {
    for (List<Evaluated> record : evaluator("unk", 512).evaluate(sources())) {
      double whole = result(record, Methods.LRP).curves().activation()[10];
      double nothing = result(record, Methods.LRP).curves().activation()[0];
      assertThat(whole).isBetween(0.0, 1.0);
      for (Method method : METHODS) {
        Evaluated.Result found = result(record, method);
        assertThat(found.curves().activation()[10]).isEqualTo(whole);
        assertThat(found.curves().activation()[0]).isEqualTo(nothing);
        assertThat(found.curves().pruningProbability()[0]).isEqualTo(whole);
        assertThat(found.curves().pruningProbability()[10]).isEqualTo(nothing);
        assertThat(found.curves().pruningMse()[0]).isZero();
      }
    }
  }

  @Test
  void occlusionIsWhatLeavingOneOutLoses() {
    for (List<Evaluated> record : evaluator("mask", 512).evaluate(sources())) {
      assertThat(result(record, Methods.OCCLUSION).curves().leaveOneOut())
          .isEqualTo(1, within(1e-9));
    }
  }

  @Test
  void conservativeMethodsExplainWhatTheLedgerLeaves() {
    for (List<Evaluated> record : evaluator("unk", 512).evaluate(sources())) {
      for (Method method : List.of(Methods.LRP, Methods.LRP_STAY)) {
        Evaluated.Result found = result(record, method);
        assertThat(found.score() - found.booked()).isCloseTo(found.ledger().tokens(), within(1e-5));
      }
    }
  }

  @Test
  void batchesMakeNoDifference() {
    List<List<Evaluated>> small = evaluator("unk", 1).evaluate(sources());
    List<List<Evaluated>> large = evaluator("unk", 2048).evaluate(sources());
    for (int i = 0; i < small.size(); i++) {
      for (Method method : List.of(Methods.LRP_STAY, Methods.RANDOM)) {
        assertThat(result(small.get(i), method).curves().pruningMse())
            .containsExactly(result(large.get(i), method).curves().pruningMse(), within(1e-4));
        assertThat(result(small.get(i), method).curves().activation())
            .containsExactly(result(large.get(i), method).curves().activation(), within(1e-5));
      }
    }
  }

  @Test
  void equalRunsAreMadeOnce() {
    Evaluator evaluator = evaluator("unk", 512);
    evaluator.evaluate(sources());
    assertThat(evaluator.ran()).isPositive().isLessThan(evaluator.asked() * 3 / 4);
  }

  @Test
  void aRecordThatFailsHarmsNoOther() {
    List<Evaluator.Labelled> sources = new ArrayList<>(sources());
    sources.add(1, labelled("a film", "no label"));
    List<List<Evaluated>> found = evaluator("unk", 512).evaluate(sources);
    assertThat(found).hasSize(sources.size());
    assertThat(found.get(1)).allMatch(method -> method.failure().isPresent());
    assertThat(found.get(0)).allMatch(method -> method.failure().isEmpty());
    assertThat(found.get(2)).allMatch(method -> method.failure().isEmpty());
  }
}
