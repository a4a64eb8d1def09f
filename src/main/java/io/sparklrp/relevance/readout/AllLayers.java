package io.sparklrp.relevance.readout;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The attention weights themselves, [batch, layers, queries, keys]: the mean over heads, the first
 * layer first, the record's tokens before all other rows. What becomes of them is computed outside
 * of the graph.
 */
public final class AllLayers implements AttentionReadOut {
  @Override
  public Value relevance(Attention attention) {
    Ops ops = attention.ops();
    List<Value> layers = new ArrayList<>();
    for (int layer = 0; layer < attention.layers(); layer++) {
      Value weights = HeadMean.of(ops, "weights_" + layer, attention.weights(layer));
      layers.add(ops.unsqueeze("layer_" + layer, attention.tokensFirst(weights), 1));
    }
    return ops.concat("layers", 1, layers);
  }
}
