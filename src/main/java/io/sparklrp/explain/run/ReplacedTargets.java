package io.sparklrp.explain.run;

import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.ReplacedRecord;
import io.sparklrp.record.TargetWeights;
import java.util.List;

/**
 * What is asked of a record once more, with its embeddings replaced: the targets that were found on
 * the record as it is.
 */
final class ReplacedTargets {
  private final AskedRecord asked;
  private final List<TargetWeights> targets;

  /**
   * The targets of a record.
   *
   * @param found what was found of each; nothing is named where the record has a seed
   */
  ReplacedTargets(AskedRecord asked, List<RecordRelevance> found) {
    this.asked = asked;
    this.targets =
        asked.seed().length > 0 ? List.of() : found.stream().map(ReplacedTargets::weights).toList();
  }

  private static TargetWeights weights(RecordRelevance found) {
    return found.target().orElseGet(() -> TargetWeights.of(found.predicted()));
  }

  /** All targets, of embeddings that are replaced by so much. */
  AskedRecord all(float... shares) {
    return replaced(targets, shares);
  }

  /** One of them, by its number. */
  AskedRecord one(int target, float... shares) {
    return replaced(targets.isEmpty() ? targets : List.of(targets.get(target)), shares);
  }

  private AskedRecord replaced(List<TargetWeights> some, float... shares) {
    EncodedRecord record = new ReplacedRecord(asked.record(), shares);
    return new AskedRecord(
        record, new RecordTargets(asked.asked().positions(), some), asked.seed());
  }
}
