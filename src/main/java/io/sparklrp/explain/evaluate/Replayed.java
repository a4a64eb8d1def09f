package io.sparklrp.explain.evaluate;

import io.sparklrp.attribution.Probability;
import io.sparklrp.error.RecordException;
import io.sparklrp.evaluation.Answer;
import io.sparklrp.evaluation.Curve;
import io.sparklrp.evaluation.Perturbations;
import io.sparklrp.explain.run.AskedRecord;
import io.sparklrp.explain.run.EngineRunner;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.explain.run.RunGroups;
import io.sparklrp.record.AllLogits;
import io.sparklrp.record.ModelOutputs;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.ReplacedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs records with tokens replaced, those of several records in batches together, and keeps of the
 * model's outputs what curves are made of: rows of a vocabulary's length are not held.
 */
final class Replayed {
  /** Runs of so many batches are made at a time, unless a single record has more. */
  private static final int BATCHES_HELD = 16;

  private final EngineRunner engine;
  private final Probability probability;

  /**
   * An engine.
   *
   * @param probability how logits become those of outputs
   */
  Replayed(EngineRunner engine, Probability probability) {
    this.engine = engine;
    this.probability = probability;
  }

  /**
   * A record's runs.
   *
   * @param record as it was asked
   * @param label index of the explained output
   * @param runs which are made of it
   */
  record Runs(AskedRecord record, int label, Perturbations runs) {
    long tokens() {
      return (long) runs.size() * record.record().length();
    }

    private List<AskedRecord> asked() {
      return runs.runs().stream()
          .map(shares -> new ReplacedRecord(record.record(), shares))
          .map(replaced -> new AskedRecord(replaced, record.asked()))
          .toList();
    }
  }

  /**
   * For each record, in order, the answers of all of its runs, by their numbers, or its failure.
   */
  List<Outcome<List<Answer>>> run(List<Runs> records) {
    long most = (long) BATCHES_HELD * engine.limits().tokens();
    return RunGroups.of(records, Runs::tokens, most).stream()
        .flatMap(group -> runGroup(group).stream())
        .toList();
  }

  private List<Outcome<List<Answer>>> runGroup(List<Runs> group) {
    List<Outcome<ModelOutputs>> outputs =
        engine.perturb(group.stream().flatMap(runs -> runs.asked().stream()).toList());
    List<Outcome<List<Answer>>> answers = new ArrayList<>();
    int from = 0;
    for (Runs runs : group) {
      int to = from + runs.runs().size();
      answers.add(answers(runs, outputs.subList(from, to)));
      from = to;
    }
    return answers;
  }

  private Outcome<List<Answer>> answers(Runs runs, List<Outcome<ModelOutputs>> outputs) {
    Optional<RecordException> failure =
        outputs.stream().flatMap(output -> output.failure().stream()).findFirst();
    if (failure.isPresent()) {
      return Outcome.failed(failure.get());
    }
    if (!outputs.stream().allMatch(output -> output.value().areFinite())) {
      return Outcome.failed(RecordRelevance.notFinite());
    }
    float[] whole = logits(outputs.get(Perturbations.WHOLE));
    return Outcome.of(
        outputs.stream()
            .map(Replayed::logits)
            .map(logits -> answer(logits, whole, runs.label()))
            .toList());
  }

  private static float[] logits(Outcome<ModelOutputs> outputs) {
    if (outputs.value() instanceof AllLogits all) {
      return all.values();
    }
    throw new IllegalStateException("Only the highest outputs were kept.");
  }

  private Answer answer(float[] logits, float[] whole, int label) {
    return new Answer(
        logits[label], probability.of(logits, label), Curve.squaredDifference(logits, whole));
  }
}
