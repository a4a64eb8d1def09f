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

  /**
   * Numbers of a record's tokens hang on nothing but what tells the record from others.
   *
   * @param seed of all records
   */
  record Random(long seed) implements Procedure {}

  /** Each token's embedding is replaced in turn: its number is what the score loses. */
  record Occlusion() implements Procedure {}

  /**
   * Relevance is the mean along the straight line from a baseline to the record.
   *
   * @param steps points of the line: the middles of as many parts of it
   */
  record Path(int steps) implements Procedure {}
}
