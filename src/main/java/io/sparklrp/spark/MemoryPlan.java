package io.sparklrp.spark;

import io.sparklrp.engine.EngineMemory;
import io.sparklrp.explain.BatchMemory;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.run.BatchLimits;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native memory of an executor: what is needed as it was asked, and how large batches may be in
 * what there is.
 *
 * @param needed MiB beside the heap that the largest batches need which were asked for
 * @param batches how large batches are
 * @param notes what a user should know of it, a sentence each
 */
record MemoryPlan(long needed, BatchLimits batches, List<String> notes) {
  /** What a JVM with Spark takes beside its heap: classes, compiled code, threads, libraries. */
  static final long OF_JVM = 400L << 20;

  /** Batches are not made smaller than this, however little there is. */
  private static final long LEAST_BYTES = 16L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(MemoryPlan.class);

  private static final long MEBIBYTE = 1L << 20;

  /** Copies. */
  MemoryPlan {
    notes = List.copyOf(notes);
  }

  /**
   * Plans.
   *
   * @param batchTokens most tokens of a batch that were asked for
   * @param most tasks that there are at all
   */
  static MemoryPlan of(ExplainSpec spec, int batchTokens, ExecutorResources has, int most) {
    return new Planning(spec, batchTokens, has, Math.max(1, Math.min(has.tasks(), most))).plan();
  }

  /** Says so before the work. */
  void warn() {
    notes.forEach(LOG::warn);
  }

  private record Planning(
      BatchMemory batches, int asked, ExecutorResources has, int tasks, long fixed) {
    Planning(ExplainSpec spec, int asked, ExecutorResources has, int tasks) {
      this(
          new BatchMemory(spec),
          asked,
          has,
          tasks,
          OF_JVM + EngineMemory.ofWeights(spec.program()));
    }

    MemoryPlan plan() {
      BatchLimits usual = limits(BatchLimits.USUAL_BYTES, Long.MAX_VALUE);
      if (has.besideHeap().isEmpty()) {
        return new MemoryPlan(mebibytes(usual), usual, cut(usual, ""));
      }
      long room = has.besideHeap().getAsLong();
      long share = EngineMemory.valuesWithin(Math.max(0, room - fixed) / tasks);
      if (needed(usual) <= room) {
        return new MemoryPlan(mebibytes(usual), within(usual, room), cut(usual, ""));
      }
      BatchLimits fitting =
          limits(Math.max(LEAST_BYTES, Math.min(share, BatchLimits.USUAL_BYTES)), room);
      return new MemoryPlan(mebibytes(usual), fitting, shortage(usual, fitting, room));
    }

    /** Batches that are cut, and what an executor has too little of. */
    private List<String> shortage(BatchLimits usual, BatchLimits fitting, long room) {
      String little =
          String.format(
              "%s, and %,d MiB are needed",
              has.isMachine()
                  ? String.format("this machine has %,d MiB beside the heap", room / MEBIBYTE)
                  : String.format(
                      "executors have %,d MiB of %s", room / MEBIBYTE, ExecutorResources.OVERHEAD),
              mebibytes(usual));
      String mend =
          has.isMachine()
              ? "Give it fewer threads (--master local[1]), or a smaller heap (--driver-memory)."
              : String.format("Set %s to %dm.", ExecutorResources.OVERHEAD, mebibytes(usual));
      String batch =
          String.format(
              "Batches are cut to %,d tokens (--batch-tokens %,d): %s. %s",
              fitting.tokens(), asked, little, mend);
      return needed(fitting) <= room
          ? List.of(batch)
          : List.of(
              String.format(
                  "Memory may be short, and %s: with the smallest batches %,d MiB. %s",
                  has.isMachine() ? "the process be ended" : "executors be ended",
                  mebibytes(fitting),
                  batch));
    }

    private List<String> cut(BatchLimits limits, String why) {
      return limits.tokens() == asked
          ? List.of()
          : List.of(
              String.format(
                  "Batches are cut to %,d tokens (--batch-tokens %,d): larger ones take more than %,d MiB%s.",
                  limits.tokens(), asked, limits.bytes() / MEBIBYTE, why));
    }

    private BatchLimits limits(long bytes, long recordBytes) {
      return new BatchLimits(batches.tokensWithin(bytes, asked), bytes, recordBytes);
    }

    private static BatchLimits within(BatchLimits limits, long room) {
      return new BatchLimits(limits.tokens(), limits.bytes(), room);
    }

    private long needed(BatchLimits limits) {
      return fixed + tasks * EngineMemory.ofValues(batches.of(limits));
    }

    private long mebibytes(BatchLimits limits) {
      return (needed(limits) + MEBIBYTE - 1) / MEBIBYTE;
    }
  }
}
