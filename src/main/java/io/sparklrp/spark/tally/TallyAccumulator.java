package io.sparklrp.spark.tally;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.util.AccumulatorV2;

/**
 * Collects what became of the records of each partition, one tally each however often it was made.
 * It has no name: Spark would copy all that was told so far into the description of every task.
 */
final class TallyAccumulator extends AccumulatorV2<PartitionTally, Map<Integer, PartitionTally>> {
  private static final long serialVersionUID = 1L;

  private final HashMap<Integer, PartitionTally> tallies = new HashMap<>();

  @Override
  public boolean isZero() {
    return tallies.isEmpty();
  }

  @Override
  public AccumulatorV2<PartitionTally, Map<Integer, PartitionTally>> copy() {
    TallyAccumulator other = new TallyAccumulator();
    other.merge(this);
    return other;
  }

  @Override
  public void reset() {
    tallies.clear();
  }

  @Override
  public void add(PartitionTally tally) {
    tallies.put(tally.partition(), tally);
  }

  @Override
  public void merge(AccumulatorV2<PartitionTally, Map<Integer, PartitionTally>> other) {
    tallies.putAll(other.value());
  }

  @Override
  public Map<Integer, PartitionTally> value() {
    return tallies;
  }
}
