package io.sparklrp.engine;

/** What a compiled graph of a program is for. */
public enum Role {
  /** The forward pass and the relevance of what is asked. */
  EXPLAIN,
  /** The forward pass alone: the model's outputs. */
  PREDICT,
  /** The score of targets that are given, of a record whose embeddings are partly replaced. */
  SCORE,
  /** The relevance of one such target, of such a record. */
  STEP,
  /** The model's outputs of a record whose embeddings are partly replaced. */
  PERTURB,
  /** A product that shows whether the engine's kernel for whole numbers is exact. */
  PROBE
}
