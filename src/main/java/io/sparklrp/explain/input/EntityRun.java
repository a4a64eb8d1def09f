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
    List<EncodedRecord> records = inputs.stream().map(WholeInput::record).toList();
    List<Outcome<ModelOutputs>> predicted = context.runner().predict(records);
    List<Outcome<AskedRecord>> asked = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      EncodedRecord record = records.get(i);
      asked.add(
          entities(record, predicted.get(i)).map(targets -> new AskedRecord(record, targets)));
    }
    return context.runner().explainUnfailed(asked);
  }

  private Outcome<RecordTargets> entities(EncodedRecord record, Outcome<ModelOutputs> predicted) {
    if (predicted.failure().isEmpty() && !predicted.value().areFinite()) {
      return Outcome.failed(RecordRelevance.notFinite());
    }
    return predicted.map(
        outputs -> new RecordTargets(new long[0], entities(record, (AllLogits) outputs)));
  }

  private List<TargetWeights> entities(EncodedRecord record, AllLogits logits) {
    List<TargetWeights> entities = new ArrayList<>();
    for (int token = 0; token < record.length(); token++) {
      int highest = logits.highest(token * classes, classes);
      if (!record.isSpecial(token) && highest != none) {
        entities.add(TargetWeights.of((long) token * classes + highest));
      }
    }
    return entities;
  }
}
