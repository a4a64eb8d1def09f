package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.util.concurrent.Semaphore;

/**
 * The part of the heap that may be used for decoding pictures at once, by all tasks of the process:
 * small pictures are decoded side by side, large ones wait for each other.
 */
final class DecodingMemory {
  private static final int UNIT = 1 << 10;
  private static final int SHARE = 3;
  private static final DecodingMemory OF_PROCESS =
      new DecodingMemory(Runtime.getRuntime().maxMemory() / SHARE);

  private final int units;
  private final Semaphore free;

  /** So many bytes. */
  DecodingMemory(long bytes) {
    this.units = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / UNIT));
    this.free = new Semaphore(units, true);
  }

  /** A third of this process's heap. */
  static DecodingMemory ofProcess() {
    return OF_PROCESS;
  }

  /** A part that is in use. */
  @FunctionalInterface
  interface Part {
    void giveBack();
  }

  /**
   * Waits for memory.
   *
   * @param heap bytes of the heap
   * @param outside bytes outside of it, which wait as well, but are never too many
   * @throws RecordException of the kind {@code image-too-large} if there is never so much
   */
  Part take(long heap, long outside) throws RecordException {
    if (heap / UNIT + 1 > units) {
      throw ImageErrors.needsMemory(heap, (long) units * UNIT);
    }
    int wanted = (int) Math.min(units, (heap + outside) / UNIT + 1);
    free.acquireUninterruptibly(wanted);
    return () -> free.release(wanted);
  }
}
