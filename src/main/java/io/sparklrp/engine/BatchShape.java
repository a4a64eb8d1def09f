package io.sparklrp.engine;

/**
 * How large a batch is.
 *
 * @param records its records
 * @param tokens of each, padding included
 * @param rows of outputs that each reads, where rows are selected
 * @param targets of each
 */
public record BatchShape(int records, int tokens, int rows, int targets) {
  /** One record that reads one row and has one target. */
  public static BatchShape ofRecord(int tokens) {
    return new BatchShape(1, tokens, 1, 1);
  }
}
