package io.sparklrp.relevance.readout;

import io.sparklrp.graph.Value;

/**
 * Makes one number a token of what a walk back found.
 *
 * <p>How to write one: a class in this package, named after what it reads, which cites its source;
 * one test of the same name against the interpreter's numbers; a method in {@code
 * io.sparklrp.method} that uses it.
 */
public interface ReadOut {
  /**
   * Appends what makes the numbers.
   *
   * @return [batch, tokens], 0 for padding
   */
  Value relevance(Gradients found);

  /**
   * Whether the numbers are shares of the score, so that those of the constants can stand beside
   * them in the ledger.
   */
  boolean areShares();
}
