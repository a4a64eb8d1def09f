package io.sparklrp.engine;

import java.io.Serializable;
import java.util.List;

/**
 * Native memory that the engine holds of a batch beside the weights, as a function of its shape:
 * what is kept from the forward pass for the relevance pass, and a few of the largest values, which
 * are made and read at once.
 *
 * @param kept sizes of what is kept: their sum counts
 * @param made sizes of what is made: the largest counts
 * @param working how many values of the largest size there are at once
 */
public record MemoryFunction(List<Term> kept, List<Term> made, int working)
    implements Serializable {
  /** For graphs of which nothing is known. */
  public static final MemoryFunction NONE = new MemoryFunction(List.of(), List.of(), 0);

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
    kept = List.copyOf(kept);
    made = List.copyOf(made);
  }

  /** Bytes for a batch. */
  public long bytes(BatchShape shape) {
    double sum = kept.stream().mapToDouble(term -> term.bytes(shape)).sum();
    double largest = made.stream().mapToDouble(term -> term.bytes(shape)).max().orElse(0);
    return (long) (sum + working * largest);
  }
}
