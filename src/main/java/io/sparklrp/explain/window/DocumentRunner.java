package io.sparklrp.explain.window;

import io.sparklrp.explain.run.AskedRecord;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.record.RecordRelevance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs documents: windows of several share batches by their length. */
public final class DocumentRunner {
  /** Results of so many batches are held at a time, unless a single document has more. */
  private static final int BATCHES_HELD = 64;

  private final DocumentRule rule;
  private final int batchTokens;
  private final Function<List<AskedRecord>, List<Outcome<List<RecordRelevance>>>> engine;

  /**
   * A runner.
   *
   * @param rule how the target is explained in a document
   * @param batchTokens most tokens of a batch, padding included
   * @param engine what runs windows, such as {@link EngineRunner#explain}
   */
  public DocumentRunner(
      DocumentRule rule,
      int batchTokens,
      Function<List<AskedRecord>, List<Outcome<List<RecordRelevance>>>> engine) {
    this.rule = rule;
    this.batchTokens = batchTokens;
    this.engine = engine;
  }

  private record Part(Document document, WindowRun run) {
    AskedRecord toRun() {
      return new AskedRecord(document.windows().window(run.window()), run.asked());
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
    List<Outcome<List<RecordRelevance>>> found =
        engine.apply(parts.stream().map(Part::toRun).toList());
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      Outcome<List<RecordRelevance>> outcome = found.get(i);
      outcome
          .failure()
          .ifPresentOrElse(
              part.document::fail, () -> part.document.add(part.run.window(), outcome.value()));
    }
  }
}
