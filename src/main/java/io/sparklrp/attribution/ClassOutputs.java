package io.sparklrp.attribution;

import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.List;
import java.util.Optional;

/**
 * One row of classes for each record.
 *
 * @param labels names of the classes
 * @param probability how logits become probabilities
 */
public record ClassOutputs(List<String> labels, Probability probability) implements OutputReading {
  /** Copies. */
  public ClassOutputs {
    labels = List.copyOf(labels);
  }

  @Override
  public Prediction prediction(RecordRelevance found, RecordTargets asked) {
    return Prediction.of(found.outputs(), labels::get, probability);
  }

  @Override
  public ExplainedTarget target(RecordRelevance found, RecordTargets asked) {
    Optional<TargetWeights> target = found.target();
    int index = target.map(weights -> (int) weights.index()[0]).orElse(found.predicted());
    int against = against(target);
    return against < 0
        ? new ExplainedTarget(index, labels.get(index), null, null, found.score())
        : new ExplainedTarget(
            index, labels.get(index), against, labels.get(against), found.score());
  }

  /** The output that was compared with; -1 for none. */
  private static int against(Optional<TargetWeights> target) {
    return target
        .filter(weights -> weights.index().length > 1 && weights.weight()[1] < 0)
        .map(weights -> (int) weights.index()[1])
        .orElse(-1);
  }
}
