package io.sparklrp.graph.raise;

import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;

/** A decomposed operator: finds its last node and writes the operator in its place. */
interface Pattern {
  /**
   * Writes what makes the output of the pattern's last node.
   *
   * @param root a node, perhaps the last one of the pattern
   * @param graph the graph that the node is of
   * @param target where the operator goes, under the root's name and output
   * @return whether it was one
   */
  boolean raise(Node root, Matching graph, GraphBuilder target);
}
