package io.sparklrp.explain;

import io.sparklrp.engine.BatchShape;
import io.sparklrp.engine.Batching;
import io.sparklrp.engine.MemoryFunction;
import io.sparklrp.engine.Program;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.model.Target;
import java.util.stream.LongStream;

/** How many bytes the values of the largest batch take, of records of any length. */
public final class BatchMemory {
  /** What is assumed of rows and targets of a record, where nobody can know them. */
  private static final int SEVERAL = 16;

  private static final int SHORTEST = 4;

  private final MemoryFunction memory;
  private final Batching batching;
  private final int longest;
  private final int rows;
  private final int targets;

  /** That of what is explained. */
  public BatchMemory(ExplainSpec spec) {
    Program program = spec.program();
    this.memory = program.memory();
    this.batching = program.batching();
    this.longest =
        batching.length() == Batching.FREE
            ? Math.max(1, spec.input().longest())
            : batching.length();
    this.rows = program.selectsRows() && asksForRows(spec.target()) ? SEVERAL : 1;
    this.targets = program.hasSeveralTargets() ? targets(spec) : 1;
  }

  /** Whether a record may be asked for more than one row. */
  private static boolean asksForRows(Target target) {
    return target instanceof Target.Completion
        || target instanceof Target.Entities
        || target instanceof Target.All;
  }

  private static int targets(ExplainSpec spec) {
    if (spec.target() instanceof Target.All) {
      return Math.max(1, spec.program().outputs());
    }
    return spec.target() instanceof Target.Top top ? top.count() : SEVERAL;
  }

  /** Bytes of the longest record alone. */
  public long ofRecord() {
    return ofBatch(longest, 1);
  }

  /**
   * Bytes of the largest batch.
   *
   * @param tokens most tokens, padding included
   */
  public long of(int tokens) {
    if (batching.sharing() == Batching.Sharing.ONE_RECORD) {
      return ofRecord();
    }
    return LongStream.concat(
            LongStream.iterate(SHORTEST, length -> length < longest, length -> 2 * length),
            LongStream.of(longest))
        .map(length -> ofBatch(length, Math.max(1, tokens / length)))
        .max()
        .orElseThrow();
  }

  private long ofBatch(long length, long records) {
    int fixed = batching.records();
    int filled =
        fixed == Batching.FREE ? (int) Math.min(BufferLimits.USUAL.records(), records) : fixed;
    return memory.bytes(new BatchShape(filled, (int) length, rows, targets));
  }

  /** Bytes of the largest batch within limits. */
  public long of(BatchLimits limits) {
    return Math.max(
        Math.min(of(limits.tokens()), limits.bytes()), Math.min(ofRecord(), limits.recordBytes()));
  }

  /**
   * The most tokens, up to a number, of which no batch takes more than so many bytes; 1 at least.
   */
  public int tokensWithin(long bytes, int most) {
    if (of(most) <= bytes) {
      return most;
    }
    int low = 1;
    int high = most;
    while (high - low > 1) {
      int middle = low + (high - low) / 2;
      if (of(middle) <= bytes) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
