package io.sparklrp.relevance.readout;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** R_t = the length of G[t] (Simonyan et al. 2014, with the L2 norm over the hidden size). */
public final class GradientNorm implements ReadOut {
  @Override
  public Value relevance(Gradients found) {
    Ops ops = found.ops();
    Value squares = ops.mul("squares", found.ofEmbeddings(), found.ofEmbeddings());
    return ops.unary("length", "Sqrt", ops.reduceSum("sum_of_squares", squares, false, -1));
  }

  @Override
  public boolean areShares() {
    return false;
  }
}
