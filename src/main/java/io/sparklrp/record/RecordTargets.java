package io.sparklrp.record;

import java.util.List;

/**
 * What is asked of a record: which rows of outputs it reads, and its targets.
 *
 * @param positions tokens whose rows of outputs are read, where the model selects rows; as many for
 *     all records of a batch, or padded by the last
 * @param targets at least one where targets are given with the records; none where the model
 *     chooses
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the engine
public record RecordTargets(long[] positions, List<TargetWeights> targets) {
  /** Nothing is asked. */
  public static final RecordTargets NONE = new RecordTargets(new long[0], List.of());

  /** Copies the list. */
  public RecordTargets {
    targets = List.copyOf(targets);
  }

  /** One target of a model that does not select rows. */
  public static RecordTargets of(TargetWeights target) {
    return new RecordTargets(new long[0], List.of(target));
  }
}
