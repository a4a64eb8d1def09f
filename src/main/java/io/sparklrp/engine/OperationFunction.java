package io.sparklrp.engine;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much the engine has to compute for a batch, as a function of its shape: the multiplications
 * and additions of matrix products, and the elements of all other values for what they cost beside
 * them.
 *
 * @param terms their sum counts
 */
public record OperationFunction(List<Term> terms) implements Serializable {
  /** For graphs of which nothing is known. */
  public static final OperationFunction NONE = new OperationFunction(List.of());

  /**
   * A number of operations: a factor times powers of a batch's sizes.
   *
   * @param factor operations where all sizes are 1
   * @param records power of the number of records
   * @param tokens power of the number of tokens of a record
   * @param rows power of the number of rows that are read
   * @param targets power of the number of targets
   */
  public record Term(double factor, int records, int tokens, int rows, int targets)
      implements Serializable {
    private double operations(BatchShape shape) {
      return factor
          * Math.pow(shape.records(), records)
          * Math.pow(shape.tokens(), tokens)
          * Math.pow(shape.rows(), rows)
          * Math.pow(shape.targets(), targets);
    }
  }

  /** Copies. */
  public OperationFunction {
    terms = List.copyOf(terms);
  }

  /** Operations for a batch. */
  public double operations(BatchShape shape) {
    double sum = 0;
    for (Term term : terms) {
      sum += term.operations(shape);
    }
    return sum;
  }

  /**
   * The same again and again.
   *
   * @param times how often, for each token of a record where {@code tokens} is 1
   * @param tokens power of the number of tokens that is multiplied with
   */
  public OperationFunction times(double times, int tokens) {
    return new OperationFunction(
        terms.stream()
            .map(
                term ->
                    new Term(
                        times * term.factor(),
                        term.records(),
                        tokens + term.tokens(),
                        term.rows(),
                        term.targets()))
            .toList());
  }

  /** Both, one after the other. */
  public OperationFunction plus(OperationFunction other) {
    return new OperationFunction(Stream.concat(terms.stream(), other.terms.stream()).toList());
  }
}
