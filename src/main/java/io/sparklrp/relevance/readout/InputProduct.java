package io.sparklrp.relevance.readout;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/**
 * R_t = sum over j of X[t, j] G[t, j], and what stayed with the token (Ali et al. 2022, section 3).
 */
public final class InputProduct implements ReadOut {
  @Override
  public Value relevance(Gradients found) {
    Ops ops = found.ops();
    Value products = ops.mul("products", found.embeddings(), found.ofEmbeddings());
    Value relevance = ops.reduceSum("flowed", products, false, -1);
    for (Value stayed : found.stayed()) {
      relevance = ops.add("with_stayed", relevance, stayed);
    }
    return relevance;
  }

  @Override
  public boolean areShares() {
    return true;
  }
}
