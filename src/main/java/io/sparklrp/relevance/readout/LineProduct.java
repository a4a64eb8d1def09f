package io.sparklrp.relevance.readout;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Optional;

/**
 * R_t = sum over j of (X[t, j] - B[t, j]) G[t, j], at a point of the straight line from a baseline
 * B to the embeddings X (Sundararajan et al. 2017, equation 1).
 *
 * @param embeddings name of X, [batch, tokens, hidden]
 * @param baseline name of B, which can be broadcast to that shape; empty for zeros
 */
public record LineProduct(String embeddings, Optional<String> baseline) implements ReadOut {
  @Override
  public Value relevance(Gradients found) {
    Ops ops = found.ops();
    Value end = ops.builder().value(embeddings);
    Value line = baseline.map(name -> ops.sub("line", end, ops.builder().value(name))).orElse(end);
    return ops.reduceSum("flowed", ops.mul("products", line, found.ofEmbeddings()), false, -1);
  }

  @Override
  public boolean areShares() {
    return false;
  }
}
