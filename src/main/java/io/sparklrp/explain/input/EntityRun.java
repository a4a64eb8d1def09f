package io.sparklrp.explain.input;

import io.sparklrp.explain.run.AskedRecord;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.model.OutputNames;
import io.sparklrp.record.AllLogits;
import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.ModelOutputs;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the entities of records by a forward pass, and then explains each record's own: the
 * predicted class of every token of its text that is not the class for "none".
 */
final class EntityRun {
  private final StageContext context;
  private final int classes;
  private final int none;

  EntityRun(StageContext context) {
    this.context = context;
    this.classes = context.card().labels().size();
    this.none = new OutputNames(context.card().labels()).noEntity().orElse(-1);
  }

  List<Outcome<List<RecordRelevance>>> run(List<WholeInput> inputs) {
    List<Outcome<ModelOutputs>> predicted =
        context.runner().predict(inputs.stream().map(WholeInput::record).toList());
    List<Outcome<List<RecordRelevance>>> outcomes = new ArrayList<>(inputs.size());
    List<Integer> explained = new ArrayList<>();
    List<AskedRecord> asked = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Outcome<RecordTargets> found = entities(inputs.get(i).record(), predicted.get(i));
      outcomes.add(found.map(targets -> List.of()));
      if (found.failure().isEmpty() && !found.value().targets().isEmpty()) {
        explained.add(i);
        asked.add(new AskedRecord(inputs.get(i).record(), found.value()));
      }
    }
    List<Outcome<List<RecordRelevance>>> results = context.runner().explain(asked);
    for (int i = 0; i < explained.size(); i++) {
      outcomes.set(explained.get(i), results.get(i));
    }
    return outcomes;
  }

  private Outcome<RecordTargets> entities(EncodedRecord record, Outcome<ModelOutputs> predicted) {
    if (predicted.failure().isEmpty() && !predicted.value().areFinite()) {
      return Outcome.failed(RecordRelevance.notFinite());
    }
    return predicted.map(
        outputs ->
            new RecordTargets(new long[0], entities(record, ((AllLogits) outputs).values())));
  }

  private List<TargetWeights> entities(EncodedRecord record, float... logits) {
    List<TargetWeights> entities = new ArrayList<>();
    for (int token = 0; token < record.length(); token++) {
      int highest = highest(logits, token * classes);
      if (!record.isSpecial(token) && highest != none) {
        entities.add(TargetWeights.of((long) token * classes + highest));
      }
    }
    return entities;
  }

  /** Index of a token's highest logit; of equal ones the first. */
  private int highest(float[] logits, int from) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      best = logits[from + i] > logits[from + best] ? i : best;
    }
    return best;
  }
}
