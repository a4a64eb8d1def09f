package io.sparklrp.compile;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Value;
import java.util.HashSet;
import java.util.Set;

/**
 * How much the engine holds of one record, beside the weights: what the forward pass makes and the
 * relevance pass reads must be kept from one to the other.
 */
final class ActivationMemory {
  private static final String BATCH = "batch";

  /** How many values of the largest size are made and read at once. */
  private static final int WORKING = 4;

  private final long length;

  private ActivationMemory(long length) {
    this.length = length;
  }

  /**
   * Bytes of a record.
   *
   * @param graph forward and relevance pass
   * @param length tokens of the record
   */
  static long ofRecord(Graph graph, long length) {
    ActivationMemory memory = new ActivationMemory(Math.max(1, length));
    Set<String> kept = new HashSet<>();
    graph.nodes().stream().filter(ActivationMemory::isRelevance).forEach(n -> addRead(n, kept));
    double bytes = 0;
    double largest = 0;
    for (Node node : graph.nodes()) {
      for (String output : node.outputs()) {
        double size = output.isEmpty() ? 0 : memory.bytes(graph.value(output));
        largest = Math.max(largest, size);
        bytes += !isRelevance(node) && kept.contains(output) ? size : 0;
      }
    }
    return (long) (bytes + WORKING * largest);
  }

  private static boolean isRelevance(Node node) {
    return node.name().contains(".relevance.")
        || node.name().startsWith("relevance.")
        || node.op().equals("Scan");
  }

  private static void addRead(Node node, Set<String> values) {
    values.addAll(node.inputs());
    if (node.attributes().get("body") instanceof Attribute.GraphValue body) {
      body.value().nodes().forEach(inner -> values.addAll(inner.inputs()));
    }
  }

  /** Sizes that are not known are taken for the length of a record. */
  private double bytes(Value value) {
    double size = value.type().bytes();
    for (Dim dim : value.shape().dims()) {
      size *= dim.factor();
      for (String symbol : dim.symbols()) {
        size *= symbol.equals(BATCH) ? 1 : length;
      }
    }
    return size;
  }
}
