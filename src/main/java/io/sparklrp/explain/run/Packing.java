package io.sparklrp.explain.run;

import io.sparklrp.engine.BatchShape;
import io.sparklrp.engine.Batching;
import io.sparklrp.engine.MemoryFunction;
import io.sparklrp.error.RecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Puts records into batches: of like length and of one number of targets, within a budget of tokens
 * and one of the engine's memory.
 *
 * @param batching which records may share a batch
 * @param limits how large a batch may be
 * @param memory what the engine holds of a batch
 */
record Packing(Batching batching, BatchLimits limits, MemoryFunction memory) {
  private static final double MEBIBYTE = 1 << 20;

  /** Batches of indices of records. */
  List<List<Integer>> plan(List<AskedRecord> records) {
    Map<Integer, List<Integer>> byTargets = new TreeMap<>();
    for (int i = 0; i < records.size(); i++) {
      int targets = records.get(i).asked().targets().size();
      byTargets.computeIfAbsent(targets, count -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> batches = new ArrayList<>();
    byTargets.values().forEach(group -> addBatches(group, records, batches));
    return batches;
  }

  private void addBatches(
      List<Integer> group, List<AskedRecord> records, List<List<Integer>> batches) {
    int[] lengths = group.stream().mapToInt(i -> records.get(i).record().length()).toArray();
    for (List<Integer> batch : batching.plan(lengths, limits.tokens())) {
      addParts(batch.stream().map(group::get).toList(), records, batches);
    }
  }

  /** Halves of what needs too much memory. */
  private void addParts(
      List<Integer> batch, List<AskedRecord> records, List<List<Integer>> batches) {
    if (batch.size() == 1 || bytes(batch.stream().map(records::get).toList()) <= limits.bytes()) {
      batches.add(batch);
      return;
    }
    int half = batch.size() / 2;
    addParts(batch.subList(0, half), records, batches);
    addParts(batch.subList(half, batch.size()), records, batches);
  }

  /** Bytes of a batch's values. */
  long bytes(List<AskedRecord> batch) {
    return memory.bytes(
        new BatchShape(
            batch.size(),
            most(batch.stream().mapToInt(one -> one.record().length())),
            most(batch.stream().mapToInt(one -> one.asked().positions().length)),
            most(batch.stream().mapToInt(one -> one.asked().targets().size()))));
  }

  private static int most(IntStream sizes) {
    return Math.max(1, sizes.max().orElse(1));
  }

  /** Why a batch of one record is not run; empty where it is. */
  Optional<RecordException> refusal(List<AskedRecord> batch) {
    if (batch.size() > 1 || bytes(batch) <= limits.recordBytes()) {
      return Optional.empty();
    }
    return Optional.of(
        new RecordException(
            "memory",
            String.format(
                "The record's %d tokens need %,.0f MiB of native memory, and there are %,.0f. Lower"
                    + " --max-length, or give executors more spark.executor.memoryOverhead.",
                batch.get(0).record().length(),
                bytes(batch) / MEBIBYTE,
                limits.recordBytes() / MEBIBYTE)));
  }
}
