package io.sparklrp.explain.window;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.explain.BatchRunner;
import io.sparklrp.explain.RecordOutcome;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs documents: windows of several share batches by their length. */
public final class DocumentRunner {
  /** Results of so many batches are held at a time, unless a single document has more. */
  private static final int BATCHES_HELD = 64;

  private final DocumentRule rule;
  private final Batching batching;
  private final int batchTokens;
  private final Function<TokenBatch, List<RecordOutcome>> engine;

  /**
   * A runner.
   *
   * @param rule how the target is explained in a document
   * @param batching which windows may share a batch
   * @param batchTokens most tokens of a batch, padding included
   * @param engine what runs a batch, such as {@link BatchRunner#run}
   */
  public DocumentRunner(
      DocumentRule rule,
      Batching batching,
      int batchTokens,
      Function<TokenBatch, List<RecordOutcome>> engine) {
    this.rule = rule;
    this.batching = batching;
    this.batchTokens = batchTokens;
    this.engine = engine;
  }

  private record Part(Document document, WindowRun run) {
    EncodedText text() {
      return document.windows().window(run.window());
    }
  }

  /** Explains documents, each of which has its results or its failure then. */
  public void run(List<Document> documents) {
    List<Document> group = new ArrayList<>();
    long tokens = 0;
    for (Document document : documents) {
      group.add(document);
      tokens += document.tokens();
      if (tokens >= (long) BATCHES_HELD * batchTokens) {
        runGroup(group);
        group.clear();
        tokens = 0;
      }
    }
    runGroup(group);
  }

  private void runGroup(List<Document> group) {
    run(group, document -> document.first(rule));
    run(group, document -> document.again(rule));
    group.forEach(document -> document.merge(rule));
  }

  private void run(List<Document> group, Function<Document, List<WindowRun>> runs) {
    List<Part> parts = new ArrayList<>();
    for (Document document : group) {
      runs.apply(document).forEach(run -> parts.add(new Part(document, run)));
    }
    int[] lengths =
        parts.stream()
            .mapToInt(part -> part.document.windows().length(part.run.window()))
            .toArray();
    for (List<Integer> batch : batching.plan(lengths, batchTokens)) {
      runBatch(batch.stream().map(parts::get).toList());
    }
  }

  private void runBatch(List<Part> parts) {
    List<EncodedText> texts = parts.stream().map(Part::text).toList();
    List<RecordTargets> asked = parts.stream().map(part -> part.run.asked()).toList();
    List<RecordOutcome> found = engine.apply(new TokenBatch(texts, null, asked));
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      RecordOutcome outcome = found.get(i);
      outcome
          .failure()
          .ifPresentOrElse(
              part.document::fail, () -> part.document.add(part.run.window(), outcome.results()));
    }
  }
}
