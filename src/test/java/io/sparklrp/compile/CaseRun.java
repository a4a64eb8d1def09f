package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.method.Method;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import io.sparklrp.relevance.TargetSource;
import java.util.ArrayList;
import java.util.List;

/** Texts under one method on the engine: each alone, and all of them in one padded batch. */
final class CaseRun {
  private static final double CLOSE = 1e-4;

  private final Method method;
  private final boolean isByToken;
  private final Program model;

  CaseRun(ModelAssembly assembly, Method method) {
    this.method = method;
    this.isByToken = assembly.forward().graph().value(assembly.forward().logits()).rank() == 3;
    TargetPlan plan = isByToken ? TargetPlan.ofOneRow() : TargetPlan.of(TargetSource.TARGETS);
    int length = Math.min(64, assembly.lengths().longest());
    this.model =
        assembly.assemble(
            new ProgramCompiler.Variant(assembly.forward(), "case"),
            method,
            plan,
            length,
            new GraphStorage());
  }

  /** Asserts that the ledgers of records close, each run alone, and gives their results. */
  List<RecordRelevance> alone(List<String> texts) throws Exception {
    List<RecordRelevance> results = new ArrayList<>();
    try (EngineSession session = EngineSessions.ofJvm().acquire(model)) {
      for (String text : texts) {
        results.addAll(run(session, List.of(session.tokenizer().orElseThrow().encode(text, null))));
        assertCloses(results.get(results.size() - 1), text);
      }
    }
    return results;
  }

  /** Asserts that records in one batch are what they are alone. */
  void padded(List<String> texts) throws Exception {
    List<RecordRelevance> alone = alone(texts);
    try (EngineSession session = EngineSessions.ofJvm().acquire(model)) {
      List<EncodedText> inputs = new ArrayList<>();
      for (String text : texts) {
        inputs.add(session.tokenizer().orElseThrow().encode(text, null));
      }
      List<RecordRelevance> together = run(session, inputs);
      for (int i = 0; i < texts.size(); i++) {
        assertSame(alone.get(i), together.get(i), method + ", record " + i);
        assertCloses(together.get(i), "padded, record " + i);
      }
    }
  }

  private List<RecordRelevance> run(EngineSession session, List<EncodedText> inputs) {
    List<RecordTargets> targets =
        inputs.stream()
            .map(input -> isByToken ? new long[] {input.length() - 1L} : new long[0])
            .map(rows -> new RecordTargets(rows, List.of(TargetWeights.of(0))))
            .toList();
    return SampleRecords.first(session, TokenBatch.of(inputs, targets));
  }

  private static void assertSame(RecordRelevance alone, RecordRelevance padded, String what) {
    assertThat(padded.failure()).as(what).isEmpty();
    assertThat(padded.tokens()).as(what).isEqualTo(alone.tokens());
    for (int i = 0; i < alone.logits().length; i++) {
      assertThat((double) padded.logits()[i])
          .as("%s, logit %d", what, i)
          .isCloseTo(alone.logits()[i], within(CLOSE));
    }
    double scale = Math.max(1, parts(alone));
    for (int i = 0; i < alone.tokens(); i++) {
      assertThat((double) padded.relevance(i))
          .as("%s, token %d", what, i)
          .isCloseTo(alone.relevance(i), within(CLOSE * scale));
    }
  }

  private static double parts(RecordRelevance result) {
    double parts = 0;
    for (int i = 0; i < result.tokens(); i++) {
      parts += Math.abs(result.relevance(i));
    }
    for (int i = 0; i < result.ledgerSize(); i++) {
      parts += Math.abs(result.ledger(i));
    }
    return parts;
  }

  private void assertCloses(RecordRelevance result, String what) {
    if (!method.isConservative()) {
      return;
    }
    double rest = result.score();
    for (int i = 0; i < result.tokens(); i++) {
      rest -= result.relevance(i);
    }
    for (int i = 0; i < result.ledgerSize(); i++) {
      rest -= result.ledger(i);
    }
    double scale = Math.max(1, Math.max(Math.abs(result.score()), parts(result)));
    assertThat(Math.abs(rest) / scale)
        .as("residual of %s, %s, entries %s", method, what, model.ledgerEntries())
        .isLessThan(CLOSE);
  }
}
