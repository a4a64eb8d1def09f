package io.sparklrp.explain.run;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.Role;
import io.sparklrp.engine.RoleGraph;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.error.RecordException;
import io.sparklrp.model.Procedure;
import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.ModelOutputs;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs any number of records on the engine, in batches, and gives back what became of each. */
public final class EngineRunner {
  private final EngineSession session;
  private final Batching batching;
  private final RunListener listener;
  private BatchLimits limits;

  /**
   * A runner.
   *
   * @param batching which records may share a batch
   * @param limits how large a batch may be; where memory turns out to be short, smaller ones follow
   */
  public EngineRunner(
      EngineSession session, Batching batching, BatchLimits limits, RunListener listener) {
    this.session = session;
    this.batching = batching;
    this.limits = limits;
    this.listener = listener;
  }

  /** The program that is run. */
  public Program program() {
    return session.program();
  }

  /** How large a batch may be by now. */
  public BatchLimits limits() {
    return limits;
  }

  /** For each record, in order, a result for each of its targets, or its failure. */
  public List<Outcome<List<RecordRelevance>>> explain(List<AskedRecord> records) {
    Procedure procedure = program().procedure();
    if (procedure instanceof Procedure.Flow flow) {
      return new FlowRun(flow, this::explained).run(records);
    }
    if (procedure instanceof Procedure.Occlusion) {
      return replaced(records, new OcclusionParts(this));
    }
    return procedure instanceof Procedure.Path path
        ? replaced(records, new PathParts(this, path.steps()))
        : explained(records);
  }

  private List<Outcome<List<RecordRelevance>>> replaced(
      List<AskedRecord> records, ReplacedRun.Parts parts) {
    listener.repeats(records.stream().mapToLong(record -> parts.tokens(record, 1)).sum());
    return new ReplacedRun(this, parts).run(records, explained(records));
  }

  private List<Outcome<List<RecordRelevance>>> explained(List<AskedRecord> records) {
    boolean haveSeveral = program().hasGivenTargets() && program().hasSeveralTargets();
    TargetChunks chunks = haveSeveral ? TargetChunks.of(records) : TargetChunks.whole(records);
    List<Outcome<List<RecordRelevance>>> found =
        run(Role.EXPLAIN, chunks.parts(), session::explain);
    List<Outcome<List<RecordRelevance>>> merged =
        new ArrayList<>(Collections.nCopies(records.size(), Outcome.of(List.of())));
    for (int part = 0; part < found.size(); part++) {
      int owner = chunks.owner(part);
      merged.set(owner, joined(merged.get(owner), found.get(part)));
    }
    return merged;
  }

  /** The same of records of which some have failed already; these keep their failure. */
  public List<Outcome<List<RecordRelevance>>> explainUnfailed(List<Outcome<AskedRecord>> records) {
    return unfailed(records, this::explain);
  }

  static List<Outcome<List<RecordRelevance>>> unfailed(
      List<Outcome<AskedRecord>> records,
      Function<List<AskedRecord>, List<Outcome<List<RecordRelevance>>>> explained) {
    Iterator<Outcome<List<RecordRelevance>>> found =
        explained
            .apply(
                records.stream()
                    .filter(record -> record.failure().isEmpty())
                    .map(Outcome::value)
                    .toList())
            .iterator();
    return records.stream()
        .map(
            record ->
                record.failure().map(Outcome::<List<RecordRelevance>>failed).orElseGet(found::next))
        .toList();
  }

  private static Outcome<List<RecordRelevance>> joined(
      Outcome<List<RecordRelevance>> before, Outcome<List<RecordRelevance>> next) {
    if (before.failure().isPresent() || next.failure().isPresent()) {
      return before.failure().isPresent() ? before : next;
    }
    if (before.value().isEmpty()) {
      return next;
    }
    List<RecordRelevance> all = new ArrayList<>(before.value());
    all.addAll(next.value());
    return Outcome.of(all);
  }

  /** For each record, in order, the model's outputs, or its failure. */
  public List<Outcome<ModelOutputs>> predict(List<? extends EncodedRecord> records) {
    return run(
        Role.PREDICT,
        records.stream().map(record -> new AskedRecord(record, RecordTargets.NONE)).toList(),
        session::predict);
  }

  /**
   * For each record of partly replaced embeddings, in order, its targets' scores, or its failure.
   */
  List<Outcome<float[]>> scores(List<AskedRecord> records) {
    return run(Role.SCORE, records, session::score);
  }

  /**
   * For each record of partly replaced embeddings, in order, the model's outputs, or its failure.
   */
  public List<Outcome<ModelOutputs>> perturb(List<AskedRecord> records) {
    return run(Role.PERTURB, records, session::perturb);
  }

  /** For each such record, in order, the relevance of its one target, or its failure. */
  List<Outcome<List<RecordRelevance>>> steps(List<AskedRecord> records) {
    return run(Role.STEP, records, session::step);
  }

  private <T> List<Outcome<T>> run(
      Role role, List<AskedRecord> records, Function<TokenBatch, List<T>> engine) {
    EqualRecords equal =
        limits.isEqualOnce() ? EqualRecords.of(records) : EqualRecords.none(records.size());
    List<Integer> different = equal.different();
    List<Outcome<T>> found = runEach(role, different.stream().map(records::get).toList(), engine);
    List<Outcome<T>> outcomes = new ArrayList<>(Collections.nCopies(records.size(), null));
    for (int i = 0; i < found.size(); i++) {
      outcomes.set(different.get(i), found.get(i));
    }
    long repeated = 0;
    for (int i = 0; i < records.size(); i++) {
      if (equal.first(i) != i) {
        outcomes.set(i, outcomes.get(equal.first(i)));
        repeated += records.get(i).record().length();
      }
    }
    listener.ran(repeated, 0, 0);
    return outcomes;
  }

  private <T> List<Outcome<T>> runEach(
      Role role, List<AskedRecord> records, Function<TokenBatch, List<T>> engine) {
    RoleGraph graph = program().graph(role).orElseThrow();
    BatchRunner<T> runner = new BatchRunner<>(batching, engine);
    List<Outcome<T>> outcomes = new ArrayList<>(Collections.nCopies(records.size(), null));
    Packing packing = new Packing(batching, limits, graph.memory());
    for (List<Integer> batch : packing.plan(records)) {
      List<Outcome<T>> found = ran(packing, runner, batch.stream().map(records::get).toList());
      for (int i = 0; i < batch.size(); i++) {
        outcomes.set(batch.get(i), found.get(i));
      }
    }
    return outcomes;
  }

  /** Batches that follow are smaller where the engine had too little memory for this one. */
  private <T> List<Outcome<T>> ran(
      Packing packing, BatchRunner<T> runner, List<AskedRecord> records) {
    Optional<RecordException> refusal = packing.refusal(records);
    if (refusal.isPresent()) {
      return List.of(Outcome.failed(refusal.get()));
    }
    List<Outcome<T>> outcomes = counted(runner, records);
    if (runner.wasShortOfMemory()) {
      limits = limits.below(packing.bytes(records));
    }
    return outcomes;
  }

  private <T> List<Outcome<T>> counted(BatchRunner<T> runner, List<AskedRecord> records) {
    TokenBatch batch = batch(records);
    long started = System.nanoTime();
    List<Outcome<T>> outcomes = runner.run(batch);
    long padded = (long) batch.size() * batching.width(batch) - batch.tokens();
    listener.ran(batch.tokens(), padded, (System.nanoTime() - started) / 1_000_000);
    return outcomes;
  }

  private TokenBatch batch(List<AskedRecord> records) {
    return new TokenBatch(
        records.stream().map(AskedRecord::record).toList(),
        program().isSeeded()
            ? records.stream().map(AskedRecord::seed).toArray(float[][]::new)
            : null,
        records.stream().map(AskedRecord::asked).toList());
  }
}
