package io.sparklrp.relevance;

/** Where the seed comes from: the weights of the outputs in the score that is explained. */
public enum TargetSource {
  /** The output with the highest logit, resolved in the same run. */
  PREDICTED,
  /** An input of the graph, {@code seed}: float, of the logits' shape, a row for each record. */
  SEED,
  /**
   * Two inputs of the graph: {@code target_index}, int64 [batch, parts], which counts the outputs
   * of a record one after the other, and {@code target_weight}, float [batch, parts]. Parts of
   * weight 0 are nothing.
   */
  TARGETS
}
