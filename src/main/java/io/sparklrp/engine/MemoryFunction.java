package io.sparklrp.engine;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Native memory that a graph's values take beside the weights, as a function of a batch's shape: at
 * every moment of a run some of them are held, and the moment at which they are most counts.
 *
 * @param moments sizes of what is held together
 */
public record MemoryFunction(List<List<Term>> moments) implements Serializable {
  /** For graphs of which nothing is known. */
  public static final MemoryFunction NONE = new MemoryFunction(List.of());

  /**
   * A size in bytes: a factor times powers of a batch's sizes.
   *
   * @param factor bytes where all sizes are 1
   * @param records power of the number of records
   * @param tokens power of the number of tokens of a record
   * @param rows power of the number of rows that are read
   * @param targets power of the number of targets
   */
  public record Term(double factor, int records, int tokens, int rows, int targets)
      implements Serializable {

    double bytes(BatchShape shape) {
      return factor
          * Math.pow(shape.records(), records)
          * Math.pow(shape.tokens(), tokens)
          * Math.pow(shape.rows(), rows)
          * Math.pow(shape.targets(), targets);
    }
  }

  /** Copies. */
  public MemoryFunction {
    moments = moments.stream().map(List::copyOf).toList();
  }

  /** What either holds, of which the larger counts. */
  public MemoryFunction or(MemoryFunction other) {
    return new MemoryFunction(Stream.concat(moments.stream(), other.moments.stream()).toList());
  }

  /** Bytes for a batch. */
  public long bytes(BatchShape shape) {
    return (long)
        moments.stream()
            .mapToDouble(held -> held.stream().mapToDouble(term -> term.bytes(shape)).sum())
            .max()
            .orElse(0);
  }
}
