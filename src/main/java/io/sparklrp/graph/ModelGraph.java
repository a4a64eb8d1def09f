package io.sparklrp.graph;

/**
 * A model's forward pass: a graph and the names of the two values between which it can be
 * explained.
 *
 * @param graph the forward pass
 * @param embeddings name of X, the output of the word-embedding lookup: float [batch, sequence,
 *     hidden]
 * @param logits name of z, the model's outputs: float [batch, classes]
 */
public record ModelGraph(Graph graph, String embeddings, String logits) {
  /** Checks that both values exist. */
  public ModelGraph {
    graph.value(embeddings);
    graph.value(logits);
  }

  /** The same model, explained at another value. */
  public ModelGraph at(String value) {
    return new ModelGraph(graph, value, logits);
  }
}
