package io.sparklrp.relevance.readout;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/**
 * R_t = sum over j of D[t, j] G[t, j], where D is another value than the embeddings, such as their
 * difference from a baseline (Sundararajan et al. 2017, equation 1, at one point of the path).
 *
 * @param value name of D, [batch, tokens, hidden]
 */
public record ValueProduct(String value) implements ReadOut {
  @Override
  public Value relevance(Gradients found) {
    Ops ops = found.ops();
    Value products = ops.mul("products", ops.builder().value(value), found.ofEmbeddings());
    return ops.reduceSum("flowed", products, false, -1);
  }

  @Override
  public boolean areShares() {
    return false;
  }
}
