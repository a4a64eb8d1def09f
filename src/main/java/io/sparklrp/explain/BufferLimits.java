package io.sparklrp.explain;

/**
 * How much is held at a time: as many records as share batches, until one limit is reached. One
 * record is held whatever it takes.
 *
 * @param records most records
 * @param inputBytes most bytes of records as they are read and encoded
 * @param resultBytes most bytes of what the engine finds of them
 */
public record BufferLimits(int records, long inputBytes, long resultBytes) {
  /** Enough for batches of like length; some 50 MB a task at most. */
  public static final BufferLimits USUAL = new BufferLimits(2048, 16L << 20, 32L << 20);
}
