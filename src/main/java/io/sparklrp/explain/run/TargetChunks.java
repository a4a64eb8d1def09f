package io.sparklrp.explain.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Records with their targets in parts of like number: a batch makes as many relevance passes as its
 * richest record has targets. Where records differ in it, each has its targets in parts of 1, 2, 4,
 * ... of them: a forward pass more for a part is less than passes for nothing.
 */
final class TargetChunks {
  private final List<AskedRecord> parts = new ArrayList<>();
  private final List<Integer> owners = new ArrayList<>();

  private TargetChunks() {}

  /**
   * Parts of records; none of a record without targets.
   *
   * @param records that come with their targets
   */
  static TargetChunks of(List<AskedRecord> records) {
    int[] counts =
        records.stream().mapToInt(record -> record.asked().targets().size()).distinct().toArray();
    boolean areEqual = counts.length == 1 && counts[0] > 0;
    return areEqual ? whole(records) : split(records);
  }

  /** All targets of each record together. */
  static TargetChunks whole(List<AskedRecord> records) {
    TargetChunks chunks = new TargetChunks();
    for (int i = 0; i < records.size(); i++) {
      chunks.add(i, records.get(i));
    }
    return chunks;
  }

  private static TargetChunks split(List<AskedRecord> records) {
    TargetChunks chunks = new TargetChunks();
    for (int i = 0; i < records.size(); i++) {
      int count = records.get(i).asked().targets().size();
      for (int from = 0; from < count; from += Integer.highestOneBit(count - from)) {
        chunks.add(i, records.get(i).only(from, from + Integer.highestOneBit(count - from)));
      }
    }
    return chunks;
  }

  private void add(int owner, AskedRecord part) {
    owners.add(owner);
    parts.add(part);
  }

  /** The parts, those of a record in the order of its targets. */
  List<AskedRecord> parts() {
    return parts;
  }

  /** Number of the record that a part is of. */
  int owner(int part) {
    return owners.get(part);
  }
}
