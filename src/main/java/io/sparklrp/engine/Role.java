package io.sparklrp.engine;

/** What a compiled graph of a program is for. */
public enum Role {
  /** The forward pass and the relevance of what is asked. */
  EXPLAIN,
  /** The forward pass alone: the model's outputs. */
  PREDICT,
  /** A product that shows whether the engine's kernel for whole numbers is exact. */
  PROBE
}
