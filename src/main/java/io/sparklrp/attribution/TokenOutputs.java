package io.sparklrp.attribution;

import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.List;

/**
 * A row of classes for each token: a target is a class of one token, written {@code
 * token:<i>:<label>}.
 *
 * @param labels names of the classes
 */
public record TokenOutputs(List<String> labels) implements OutputReading {
  /** Copies. */
  public TokenOutputs {
    labels = List.copyOf(labels);
  }

  @Override
  public Prediction prediction(RecordRelevance found, RecordTargets asked) {
    boolean isOneRow = found.logits().length == labels.size();
    int row = isOneRow ? 0 : Math.toIntExact(row(found));
    return Prediction.of(found.outputs().row(row, labels.size()), labels::get, Probability.SOFTMAX);
  }

  @Override
  public ExplainedTarget target(RecordRelevance found, RecordTargets asked) {
    long token = asked.positions().length > 0 ? asked.positions()[0] : row(found);
    long first = found.target().map(weights -> weights.index()[0]).orElse((long) found.predicted());
    int index = (int) (first % labels.size());
    boolean isContrast =
        found.target().filter(w -> w.index().length > 1 && w.weight()[1] < 0).isPresent();
    if (!isContrast) {
      return new ExplainedTarget(index, label(token, index), null, null, found.score());
    }
    int against = (int) (found.target().orElseThrow().index()[1] % labels.size());
    return new ExplainedTarget(
        index, label(token, index), against, label(token, against), found.score());
  }

  private String label(long token, int index) {
    return "token:" + token + ":" + labels.get(index);
  }

  /** The row that the target is of, where the outputs of all tokens are there. */
  private long row(RecordRelevance found) {
    long first = found.target().map(TargetWeights::index).map(index -> index[0]).orElse(0L);
    return first / labels.size();
  }
}
