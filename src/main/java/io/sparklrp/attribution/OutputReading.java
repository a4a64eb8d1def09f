package io.sparklrp.attribution;

import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;

/** Puts a model's outputs into words: what it said, and what of it was explained. */
public interface OutputReading {
  /**
   * What the model said, as far as it concerns a target; null where it says nothing but a vector.
   *
   * @param found what the engine found of the target
   * @param asked what was asked of the record
   */
  Prediction prediction(RecordRelevance found, RecordTargets asked);

  /** What was explained. */
  ExplainedTarget target(RecordRelevance found, RecordTargets asked);
}
