package io.sparklrp.attribution;

import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;

/**
 * A vector of each text, compared with another's.
 *
 * @param measure how they are compared, as the target is written
 */
public record VectorOutputs(String measure) implements OutputReading {
  @Override
  public Prediction prediction(RecordRelevance found, RecordTargets asked) {
    return null;
  }

  @Override
  public ExplainedTarget target(RecordRelevance found, RecordTargets asked) {
    return new ExplainedTarget(null, measure, null, null, found.score());
  }
}
