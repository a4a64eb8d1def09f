package io.sparklrp.explain.window;

import io.sparklrp.compile.GraphStorage;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.compile.RecordShape;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.input.InputColumn;
import io.sparklrp.explain.input.WindowsInput;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.explain.run.EngineRunner;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.method.Method;
import io.sparklrp.model.Target;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.relevance.TargetSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A tiny model that reads documents in windows of a few tokens. */
final class WindowedModel {
  static final int MAX_LENGTH = 14;
  static final int STRIDE = 4;
  private static final int BATCH_TOKENS = 60;

  private final ModelAssembly assembly;
  private final Method method;
  private long windowsRun;

  WindowedModel(String fixture, Method method) {
    this.assembly = ModelAssembly.open(GoldenFixture.of(fixture).directory());
    this.method = method;
  }

  /** Number of windows that the last documents took. */
  long windowsRun() {
    return windowsRun;
  }

  /** Explains documents. */
  List<Document> explain(String target, List<String> texts, String question)
      throws RecordException {
    Target parsed = assembly.target(List.of(target));
    InputColumn column = new InputColumn("text", "--text-column", InputColumn.Type.TEXT);
    RecordShape shape = new RecordShape(column, Optional.empty(), column, MAX_LENGTH, STRIDE, 1);
    ExplainSpec spec;
    try (GraphStorage storage = new GraphStorage()) {
      spec = assembly.explain(method, parsed, shape, storage);
    }
    windowsRun = 0;
    try (EngineSession session = EngineSessions.ofJvm().acquire(spec.program())) {
      List<Document> documents = new ArrayList<>();
      for (String text : texts) {
        EncodedWindows windows =
            question == null
                ? EncodedWindows.of(session.tokenizer().orElseThrow(), text, null)
                : EncodedWindows.of(session.tokenizer().orElseThrow(), question, text);
        documents.add(new Document(windows, spec.resolver().resolve(windows.document(), -1, 0)));
      }
      EngineRunner runner =
          new EngineRunner(
              session,
              spec.program().batching(),
              BatchLimits.ofTokens(BATCH_TOKENS),
              RunListener.NONE);
      new DocumentRunner(
              ((WindowsInput) spec.input()).rule(),
              BATCH_TOKENS,
              windows -> {
                windowsRun += windows.size();
                return runner.explain(windows);
              })
          .run(documents);
      return documents;
    }
  }

  /** Runs texts by themselves, whose targets are given, or predicted where there are none. */
  List<RecordRelevance> alone(List<EncodedText> texts, List<RecordTargets> targets) {
    TargetSource source = targets == null ? TargetSource.PREDICTED : TargetSource.TARGETS;
    Program model;
    try (GraphStorage storage = new GraphStorage()) {
      model = assembly.assemble(method, source, MAX_LENGTH, storage);
    }
    try (EngineSession session = EngineSessions.ofJvm().acquire(model)) {
      return SampleRecords.first(session, TokenBatch.of(texts, targets));
    }
  }

  /** What is left of a result's score, over its ledger's scale. */
  static double residual(RecordRelevance found) {
    double rest = found.score();
    double parts = 0;
    for (int i = 0; i < found.tokens(); i++) {
      rest -= found.relevance(i);
      parts += Math.abs(found.relevance(i));
    }
    for (int i = 0; i < found.ledgerSize(); i++) {
      rest -= found.ledger(i);
      parts += Math.abs(found.ledger(i));
    }
    return Math.abs(rest) / Math.max(1, Math.max(Math.abs(found.score()), parts));
  }
}
