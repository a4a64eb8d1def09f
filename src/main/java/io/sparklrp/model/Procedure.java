package io.sparklrp.model;

import java.io.Serializable;

/** What is done with what a compiled graph gives of a record, before it is one number a token. */
public sealed interface Procedure extends Serializable {
  /** Nothing: the graph gives one number a token. */
  Procedure NONE = new None();

  /** Nothing. */
  record None() implements Procedure {}

  /**
   * The graph gives attention weights, the mean over heads of each layer, through which as much
   * flows as can.
   *
   * @param layers how many there are
   * @param isNormalised whether what flows from a query is divided by its sum
   */
  record Flow(int layers, boolean isNormalised) implements Procedure {}
}
