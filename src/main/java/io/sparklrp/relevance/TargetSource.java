package io.sparklrp.relevance;

/** Where the seed comes from: the weights of the outputs in the score that is explained. */
public enum TargetSource {
  /** The output with the highest logit, resolved in the same run. */
  PREDICTED,
  /** An input of the graph, {@code seed}: float [batch, classes], a row for each record. */
  SEED
}
