package io.sparklrp.relevance;

/** What a token may have of its own row beside what its embedding has. */
public enum RowShare {
  /** What arrives at the token's own position vector (Bakish et al. 2025). */
  POSITIONS,
  /**
   * What additive constants add in the token's row, as FullGrad has it of pictures (Srinivas and
   * Fleuret 2019).
   */
  CONSTANTS,
  /** A part of what attention makes of other tokens in the token's row (ours). */
  QUERIES
}
