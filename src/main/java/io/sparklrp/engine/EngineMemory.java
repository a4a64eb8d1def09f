package io.sparklrp.engine;

/**
 * Native memory that the engine takes for a program, measured by {@code scripts/memory}. Its arena
 * grows by blocks that it never gives back, and what is freed in them fits the next values only in
 * part.
 */
public final class EngineMemory {
  /** Weights as they are in the file, mapped, and as matrix products want them. */
  private static final double TIMES_WEIGHTS = 1.7;

  /** The arena, to the values that are held in it at once. */
  private static final double TIMES_VALUES = 1.3;

  private EngineMemory() {}

  /** Bytes that a program takes when it is loaded, whatever is run. */
  public static long ofWeights(Program program) {
    return (long) (TIMES_WEIGHTS * program.bytes());
  }

  /** Bytes that a thread takes which runs batches of at most so many bytes of values. */
  public static long ofValues(long bytes) {
    return (long) (TIMES_VALUES * bytes);
  }

  /** How many bytes of values there may be at once in so much memory. */
  public static long valuesWithin(long bytes) {
    return (long) (bytes / TIMES_VALUES);
  }
}
