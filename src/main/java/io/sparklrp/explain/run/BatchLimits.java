package io.sparklrp.explain.run;

import java.io.Serializable;

/**
 * How large a batch may be.
 *
 * @param tokens most tokens, padding included, unless a single record has more
 * @param bytes most bytes of the graph's values, unless a single record needs more
 * @param recordBytes most bytes of the values of a single record: one that needs more is an error
 * @param isEqualOnce whether records that are the same to the engine are run once
 */
public record BatchLimits(int tokens, long bytes, long recordBytes, boolean isEqualOnce)
    implements Serializable {
  /** Most bytes of the graph's values, unless less is given: larger batches are no faster. */
  public static final long USUAL_BYTES = 1L << 30;

  /** Limits under which records that are the same are run once. */
  public BatchLimits(int tokens, long bytes, long recordBytes) {
    this(tokens, bytes, recordBytes, true);
  }

  /** The same, every record being run. */
  public BatchLimits withEach() {
    return new BatchLimits(tokens, bytes, recordBytes, false);
  }

  /** As many tokens, on a machine of which nothing is known. */
  public static BatchLimits ofTokens(int tokens) {
    return new BatchLimits(tokens, USUAL_BYTES, Long.MAX_VALUE);
  }

  /** The same after the engine had too little memory for a batch. */
  BatchLimits below(long failed) {
    return new BatchLimits(
        tokens, Math.max(1, Math.min(bytes, failed / 2)), recordBytes, isEqualOnce);
  }
}
