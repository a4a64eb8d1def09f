package io.sparklrp.explain.run;

import io.sparklrp.explain.flow.AttentionFlow;
import io.sparklrp.model.Procedure;
import io.sparklrp.record.RecordRelevance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs records for their attention weights, and makes flows of these. */
final class FlowRun {
  private final Procedure.Flow flow;
  private final Function<List<AskedRecord>, List<Outcome<List<RecordRelevance>>>> engine;

  FlowRun(
      Procedure.Flow flow,
      Function<List<AskedRecord>, List<Outcome<List<RecordRelevance>>>> engine) {
    this.flow = flow;
    this.engine = engine;
  }

  /** For each record, in order, a result for each of its targets, or its failure. */
  List<Outcome<List<RecordRelevance>>> run(List<AskedRecord> records) {
    List<Outcome<List<RecordRelevance>>> found =
        EngineRunner.unfailed(records.stream().map(FlowRun::fit).toList(), engine);
    List<Outcome<List<RecordRelevance>>> all = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      int tokens = records.get(i).record().length();
      all.add(found.get(i).map(targets -> flows(targets, tokens)));
    }
    return all;
  }

  private static Outcome<AskedRecord> fit(AskedRecord record) {
    return AttentionFlow.refusal(record.record())
        .map(Outcome::<AskedRecord>failed)
        .orElseGet(() -> Outcome.of(record));
  }

  /** All targets of a record have the same attention weights. */
  private List<RecordRelevance> flows(List<RecordRelevance> targets, int tokens) {
    if (targets.isEmpty() || targets.get(0).failure().isPresent()) {
      return targets;
    }
    float[] numbers = AttentionFlow.of(flow, targets.get(0).numbers(), tokens);
    return targets.stream().map(target -> target.with(numbers)).toList();
  }
}
