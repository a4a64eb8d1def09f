package io.sparklrp.relevance.readout;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Optional;

/** What a walk back through a model found, as a read-out sees it. */
public interface Gradients {
  /** Writes operators of the read-out. */
  Ops ops();

  /** X, the explained embeddings, [batch, tokens, hidden]. */
  Value embeddings();

  /** G, the gradient there, of the same shape. */
  Value ofEmbeddings();

  /** What stayed with the tokens on the way, [batch, tokens] each. */
  List<Value> stayed();

  /** The model's attention weights. */
  Attention attention();

  /**
   * The gradient at a layer's attention weights, of their shape; empty where none arrived: the
   * score does not depend on them.
   */
  Optional<Value> ofWeights(int layer);
}
