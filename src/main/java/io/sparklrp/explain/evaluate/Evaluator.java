package io.sparklrp.explain.evaluate;

import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.Probability;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.error.RecordException;
import io.sparklrp.evaluation.Answer;
import io.sparklrp.evaluation.Curves;
import io.sparklrp.evaluation.Highlights;
import io.sparklrp.evaluation.Perturbations;
import io.sparklrp.evaluation.Tenths;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.RandomRelevance;
import io.sparklrp.explain.Source;
import io.sparklrp.explain.input.EncodedInput;
import io.sparklrp.explain.input.Stage;
import io.sparklrp.explain.input.StageContext;
import io.sparklrp.explain.run.AskedRecord;
import io.sparklrp.explain.run.EngineRunner;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.model.ProblemType;
import io.sparklrp.model.Procedure;
import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.RecordRelevance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Evaluates methods on records: explains each record's own target by each method, runs the record
 * with tokens replaced as all methods' relevance says, each distinct run once, and reads the
 * curves. Only one method's program is held at a time. For one thread at a time.
 */
public final class Evaluator {
  private final ExplainSpec spec;
  private final List<Subject> subjects;
  private final boolean leavesOneOut;
  private final RunListener listener;
  private long asked;
  private long ran;

  /**
   * An evaluator.
   *
   * @param spec what is explained by the first method
   * @param subjects the methods; the program of the first one can run records with tokens replaced
   * @param leavesOneOut whether each token is replaced alone too
   * @param listener is told how far it is
   */
  public Evaluator(
      ExplainSpec spec, List<Subject> subjects, boolean leavesOneOut, RunListener listener) {
    this.spec = spec;
    this.subjects = List.copyOf(subjects);
    this.leavesOneOut = leavesOneOut;
    this.listener = listener;
  }

  /** Runs of records that were asked for, by all methods and points of their curves. */
  public long asked() {
    return asked;
  }

  /** Runs that were made. */
  public long ran() {
    return ran;
  }

  /**
   * A record to be evaluated.
   *
   * @param source the record, or why it cannot be read
   * @param importance what people say of each of its words; null where they say nothing
   */
  @SuppressWarnings("ArrayRecordComponent") // as many as words
  public record Labelled(Source<?> source, double... importance) {}

  /**
   * Evaluates records.
   *
   * @param records the records
   * @return for each record, in order, what came of each method
   */
  public List<List<Evaluated>> evaluate(List<Labelled> records) {
    Subject first = subjects.get(0);
    try (EngineSession session = first.session().get()) {
      EngineRunner runner = runner(first, session);
      List<Outcome<AskedRecord>> encoded = encoded(records, runner, session.tokenizer());
      tell(encoded);
      List<Explained> found = new ArrayList<>();
      found.add(explained(runner, records, encoded));
      for (Subject other : subjects.subList(1, subjects.size())) {
        try (EngineSession own = other.session().get()) {
          found.add(explained(runner(other, own), records, encoded));
        }
      }
      return judged(runner, records, encoded, found);
    }
  }

  /** Half of the runs of curves are equal ones, some such share; each token is replaced alone. */
  private void tell(List<Outcome<AskedRecord>> records) {
    long tokens = 0;
    long repeated = 0;
    for (Outcome<AskedRecord> record : records) {
      long length = record.failure().isPresent() ? 0 : record.value().record().length();
      tokens += length;
      long alone = leavesOneOut ? length : 0;
      repeated += length * (alone + (long) Tenths.POINTS * subjects.size());
    }
    listener.encoded(records.size(), tokens, 0);
    listener.repeats(repeated);
  }

  private EngineRunner runner(Subject subject, EngineSession session) {
    return new EngineRunner(session, subject.batching(), subject.limits(), listener);
  }

  private List<Outcome<AskedRecord>> encoded(
      List<Labelled> records, EngineRunner runner, Optional<TextTokenizer> tokenizer) {
    StageContext context =
        new StageContext(runner, tokenizer, spec.card(), spec.target(), spec.resolver());
    Stage<?> stage = spec.input().stage(context);
    return records.stream().map(record -> encoded(record.source().record(), stage)).toList();
  }

  private static Outcome<AskedRecord> encoded(Outcome<InputRecord> record, Stage<?> stage) {
    if (record.failure().isPresent()) {
      return Outcome.failed(record.failure().get());
    }
    try {
      EncodedInput input = stage.encode(record.value());
      return Outcome.of(new AskedRecord(input.record(), input.asked()));
    } catch (RecordException e) {
      return Outcome.failed(e);
    } catch (RuntimeException e) {
      return Outcome.failed(RecordException.unexpected("reading it", e));
    }
  }

  /**
   * What a method found.
   *
   * @param ledgerEntries names of the ledger's columns
   * @param records what it found of each, or its failure
   */
  private record Explained(List<String> ledgerEntries, List<Outcome<RecordRelevance>> records) {}

  private static Explained explained(
      EngineRunner runner, List<Labelled> sources, List<Outcome<AskedRecord>> records) {
    List<Outcome<List<RecordRelevance>>> found = runner.explainUnfailed(records);
    Procedure procedure = runner.program().procedure();
    return new Explained(
        runner.program().ledgerEntries(),
        IntStream.range(0, found.size())
            .mapToObj(
                i -> only(RandomRelevance.where(procedure, sources.get(i).source(), found.get(i))))
            .toList());
  }

  /** Of the one target that each record names. */
  private static Outcome<RecordRelevance> only(Outcome<List<RecordRelevance>> targets) {
    Optional<RecordException> failure =
        targets.failure().or(() -> targets.value().get(0).failure());
    return failure.isPresent() ? Outcome.failed(failure.get()) : Outcome.of(targets.value().get(0));
  }

  private List<List<Evaluated>> judged(
      EngineRunner runner,
      List<Labelled> sources,
      List<Outcome<AskedRecord>> records,
      List<Explained> found) {
    List<Judging> all = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      int record = i;
      all.add(
          new Judging(
              records.get(i),
              sources.get(i).importance(),
              found.stream().map(ofOne -> ofOne.records().get(record)).toList(),
              found.stream().map(Explained::ledgerEntries).toList()));
    }
    List<Judging> toRun = all.stream().filter(Judging::hasAny).toList();
    boolean isMultiLabel = spec.card().problemType() == ProblemType.MULTI_LABEL_CLASSIFICATION;
    Probability probability = isMultiLabel ? Probability.SIGMOID : Probability.SOFTMAX;
    List<Outcome<List<Answer>>> answers =
        new Replayed(runner, probability).run(toRun.stream().map(Judging::runs).toList());
    for (int i = 0; i < toRun.size(); i++) {
      toRun.get(i).answers = answers.get(i);
      asked += toRun.get(i).runs.asked();
      ran += toRun.get(i).runs.size();
    }
    return all.stream().map(Judging::results).toList();
  }

  /** A record on its way: which runs its methods need, and what comes of them. */
  private final class Judging {
    private final Outcome<AskedRecord> record;
    private final double[] importance;
    private final List<Outcome<RecordRelevance>> found;
    private final List<List<String>> ledgerEntries;
    private final List<Curves.Plan> plans = new ArrayList<>();
    private final Perturbations runs;
    private Outcome<List<Answer>> answers;

    Judging(
        Outcome<AskedRecord> record,
        double[] importance,
        List<Outcome<RecordRelevance>> found,
        List<List<String>> ledgerEntries) {
      this.record = record;
      this.importance = importance;
      this.found = found;
      this.ledgerEntries = ledgerEntries;
      this.runs =
          new Perturbations(
              record.failure().isPresent() ? 0 : record.value().record().length(), leavesOneOut);
      for (Outcome<RecordRelevance> one : found) {
        plans.add(one.failure().isPresent() ? null : new Curves.Plan(runs, relevance(one.value())));
      }
    }

    boolean hasAny() {
      return found.stream().anyMatch(one -> one.failure().isEmpty());
    }

    Replayed.Runs runs() {
      return new Replayed.Runs(record.value(), label(), runs);
    }

    private int label() {
      return Math.toIntExact(record.value().asked().targets().get(0).index()[0]);
    }

    List<Evaluated> results() {
      return IntStream.range(0, subjects.size()).mapToObj(this::result).toList();
    }

    private Evaluated result(int subject) {
      String method = subjects.get(subject).method();
      Optional<RecordException> failure = found.get(subject).failure().or(() -> answers.failure());
      if (failure.isPresent()) {
        return Evaluated.failed(method, failure.get());
      }
      RecordRelevance explained = found.get(subject).value();
      double[] relevance = relevance(explained);
      return Evaluated.of(
          method,
          new Evaluated.Result(
              label(),
              explained.tokens(),
              explained.score(),
              Arrays.stream(relevance).map(Math::abs).sum(),
              LedgerAmounts.of(
                  explained.score(),
                  Arrays.stream(relevance).sum(),
                  ledgerEntries.get(subject),
                  explained::ledger),
              plans.get(subject).read(answers.value()),
              agreement(relevance)));
    }

    private Highlights.Agreement agreement(double... relevance) {
      EncodedRecord encoded = record.value().record();
      if (importance == null || encoded.texts().size() != 1) {
        return Highlights.Agreement.NONE;
      }
      int[] starts =
          IntStream.range(0, relevance.length)
              .map(token -> encoded.isSpecial(token) ? -1 : encoded.start(token))
              .toArray();
      return Highlights.of(encoded.texts().get(0), importance)
          .map(marks -> marks.with(starts, relevance))
          .orElse(Highlights.Agreement.NONE);
    }
  }

  private static double[] relevance(RecordRelevance found) {
    return IntStream.range(0, found.tokens()).mapToDouble(found::relevance).toArray();
  }
}
