package io.sparklrp.relevance.readout;

import io.sparklrp.graph.Value;

/** Makes one number a token of a forward pass's attention weights alone. */
public interface AttentionReadOut {
  /**
   * Appends what makes the numbers.
   *
   * @return [batch, tokens], 0 for padding
   */
  Value relevance(Attention attention);
}
