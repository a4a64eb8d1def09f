package io.sparklrp.spark.model;

import io.sparklrp.engine.EngineMemory;
import io.sparklrp.error.UserException;
import io.sparklrp.explain.BatchMemory;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.spark.job.ExecutorResources;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
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
public record MemoryPlan(long needed, BatchLimits batches, List<String> notes) {
  /**
   * Spark setting: whether a task runs equal texts that it holds at a time once; false to compare
   * speeds.
   */
  static final String EQUAL_TEXTS_ONCE = "spark.sparklrp.equalTextsOnce";

  /** What a JVM with Spark takes beside its heap: classes, compiled code, threads, libraries. */
  static final long OF_JVM = 400L << 20;

  /** Batches are not made smaller than this, however little there is: what is told is no bound. */
  private static final long LEAST_BYTES = 16L << 20;

  private static final long MEBIBYTE = 1L << 20;
  private static final Logger LOG = LoggerFactory.getLogger(MemoryPlan.class);

  /** Copies. */
  public MemoryPlan {
    notes = List.copyOf(notes);
  }

  /**
   * Plans.
   *
   * @param reference what it is compared with before, and loaded for that
   * @param batchTokens most tokens of a batch that were asked for
   * @param most tasks that there are at all
   */
  static MemoryPlan of(
      ExplainSpec spec,
      Optional<ExplainSpec> reference,
      int batchTokens,
      ExecutorResources has,
      int most) {
    long ofReference = reference.map(ExplainSpec::program).map(EngineMemory::ofWeights).orElse(0L);
    return new Planning(
            new BatchMemory(spec),
            batchTokens,
            has,
            Math.max(1, Math.min(has.tasks(), most)),
            OF_JVM + ofReference + EngineMemory.ofWeights(spec.program()))
        .plan();
  }

  /**
   * That of a session, which is told what a user should know before the work.
   *
   * @param reference what it is compared with before, and loaded for that
   * @param batchTokens most tokens of a batch that were asked for
   * @param most tasks that there are at all
   */
  public static MemoryPlan told(
      SparkSession session,
      ExplainSpec spec,
      Optional<ExplainSpec> reference,
      int batchTokens,
      int most) {
    MemoryPlan plan =
        of(spec, reference, batchTokens, ExecutorResources.of(session.sparkContext()), most);
    plan.notes.forEach(LOG::warn);
    return isEqualOnce(session)
        ? plan
        : new MemoryPlan(plan.needed, plan.batches.withEach(), plan.notes);
  }

  /**
   * Whether equal texts are run once, as it is set.
   *
   * @throws UserException if that is neither true nor false
   */
  public static boolean isEqualOnce(SparkSession session) {
    String written = session.conf().get(EQUAL_TEXTS_ONCE, "true");
    return switch (written.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new UserException(
              String.format(
                  "Cannot run texts by %s=%s: it is neither true nor false. Set it to one of these.",
                  EQUAL_TEXTS_ONCE, written));
    };
  }

  /** What a plan is made of: so many tasks at a time, and bytes that none of them adds to. */
  private record Planning(
      BatchMemory batches, int asked, ExecutorResources has, int tasks, long fixed) {

    MemoryPlan plan() {
      long room = has.besideHeap().orElse(Long.MAX_VALUE);
      BatchLimits usual = limits(BatchLimits.USUAL_BYTES, room);
      MemoryNotes notes = new MemoryNotes(has, asked, mebibytes(usual));
      if (bytes(usual) > room) {
        return fitting(room, notes);
      }
      return new MemoryPlan(
          mebibytes(usual),
          usual,
          usual.tokens() == asked ? List.of() : List.of(notes.cut(usual.tokens(), usual.bytes())));
    }

    private MemoryPlan fitting(long room, MemoryNotes notes) {
      long share = EngineMemory.valuesWithin(Math.max(0, room - fixed) / tasks);
      BatchLimits fitting =
          limits(Math.max(LEAST_BYTES, Math.min(share, BatchLimits.USUAL_BYTES)), room);
      return new MemoryPlan(
          notes.needed(),
          fitting,
          List.of(
              bytes(fitting) <= room
                  ? notes.fitting(fitting.tokens())
                  : notes.tooLittle(fitting.tokens(), mebibytes(fitting))));
    }

    private BatchLimits limits(long bytes, long recordBytes) {
      return new BatchLimits(batches.tokensWithin(bytes, asked), bytes, recordBytes);
    }

    private long bytes(BatchLimits limits) {
      return fixed + tasks * EngineMemory.ofValues(batches.of(limits));
    }

    private long mebibytes(BatchLimits limits) {
      return (bytes(limits) + MEBIBYTE - 1) / MEBIBYTE;
    }
  }
}
