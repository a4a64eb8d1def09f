package io.sparklrp.relevance.readout;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** The attention weights of a forward pass, as a read-out sees them. */
public interface Attention {
  /** Writes operators of the read-out. */
  Ops ops();

  /** Number of layers, counted from the one that reads the embeddings. */
  int layers();

  /**
   * Attention weights of a layer, [batch, heads..., queries, keys]; queries are as many as keys.
   */
  Value weights(int layer);

  /** 1 for each query that is no padding and 0 for all others, [batch, 1, queries]. */
  Value realQueries();

  /**
   * The part of a row of all keys that belongs to the record's tokens: without an image's class
   * token.
   *
   * @param byKey [batch, keys]
   * @return [batch, tokens]
   */
  Value ofTokens(Value byKey);

  /**
   * The same weights with the rows, and columns, of the record's tokens before those of all others.
   *
   * @param weights [batch, queries, keys]
   */
  Value tokensFirst(Value weights);
}
