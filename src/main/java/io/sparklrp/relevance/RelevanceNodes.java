package io.sparklrp.relevance;

import io.sparklrp.graph.Node;

/** Tells nodes that a method appended from those of the forward pass, by their names. */
public final class RelevanceNodes {
  private RelevanceNodes() {}

  /** Whether a node belongs to the relevance pass. */
  public static boolean isRelevance(Node node) {
    return node.name().contains(".relevance.") || node.name().startsWith("relevance.");
  }
}
