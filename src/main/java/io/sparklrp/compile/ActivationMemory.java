package io.sparklrp.compile;

import io.sparklrp.engine.MemoryFunction;
import io.sparklrp.engine.MemoryFunction.Term;
import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Value;
import io.sparklrp.relevance.RelevanceNodes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much the engine holds of a batch, beside the weights: what the forward pass makes and the
 * relevance pass reads must be kept from one to the other.
 */
final class ActivationMemory {
  /** How many values of the largest size are made and read at once. */
  private static final int WORKING = 4;

  private final Map<Term, Double> kept = new LinkedHashMap<>();
  private final Map<Term, Double> made = new LinkedHashMap<>();

  private ActivationMemory() {}

  /**
   * The memory of a graph.
   *
   * @param graph forward and, if it has one, relevance pass
   */
  static MemoryFunction of(Graph graph) {
    ActivationMemory memory = new ActivationMemory();
    Set<String> read = new HashSet<>();
    graph.nodes().stream().filter(ActivationMemory::isRelevance).forEach(n -> addRead(n, read));
    for (Node node : graph.nodes()) {
      for (String output : node.outputs()) {
        if (!output.isEmpty()) {
          memory.add(graph.value(output), !isRelevance(node) && read.contains(output));
        }
      }
    }
    return new MemoryFunction(terms(memory.kept), terms(memory.made), WORKING);
  }

  private static boolean isRelevance(Node node) {
    return RelevanceNodes.isRelevance(node) || node.op().equals("Scan");
  }

  private static void addRead(Node node, Set<String> values) {
    values.addAll(node.inputs());
    if (node.attributes().get("body") instanceof Attribute.GraphValue body) {
      body.value().nodes().forEach(inner -> values.addAll(inner.inputs()));
    }
  }

  private void add(Value value, boolean isKept) {
    Term size = size(value);
    Term powers = withFactor(size, 1);
    made.merge(powers, size.factor(), Math::max);
    if (isKept) {
      kept.merge(powers, size.factor(), Double::sum);
    }
  }

  /** Sizes that are not known are taken for the length of a record. */
  private static Term size(Value value) {
    double factor = value.type().bytes();
    int[] powers = new int[4];
    for (Dim dim : value.shape().dims()) {
      factor *= dim.factor();
      for (String symbol : dim.symbols()) {
        powers[
            switch (symbol) {
              case "batch" -> 0;
              case "rows" -> 2;
              case "targets" -> 3;
              default -> 1;
            }]++;
      }
    }
    return new Term(factor, powers[0], powers[1], powers[2], powers[3]);
  }

  private static Term withFactor(Term size, double factor) {
    return new Term(factor, size.records(), size.tokens(), size.rows(), size.targets());
  }

  private static List<Term> terms(Map<Term, Double> factors) {
    return factors.entrySet().stream()
        .map(entry -> withFactor(entry.getKey(), entry.getValue()))
        .toList();
  }
}
