package io.sparklrp.compile;

import io.sparklrp.engine.MemoryFunction;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much a graph's values take beside the weights: each is held from the node that makes it to
 * the last one that reads it, so that what the relevance pass reads of the forward pass is held
 * from one to the other.
 *
 * <p>The nodes' order is the graph's. The engine's own is another, in which each node comes late;
 * the relevance compiler joins the ledger's terms so that they come as they do here.
 */
final class ActivationMemory {
  private final Graph graph;
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, Integer> lastReads = new HashMap<>();
  private final List<HeldBytes> moments = new ArrayList<>();
  private HeldBytes held = HeldBytes.none();

  private ActivationMemory(Graph graph) {
    this.graph = graph;
  }

  /**
   * The memory of a graph.
   *
   * @param graph forward and, if it has one, relevance pass
   */
  static MemoryFunction of(Graph graph) {
    return new MemoryFunction(moments(graph).stream().map(HeldBytes::terms).toList());
  }

  /** What is held at the moments of which none is within another. */
  private static List<HeldBytes> moments(Graph graph) {
    ActivationMemory memory = new ActivationMemory(graph);
    memory.findLastReads();
    memory.run();
    return memory.moments;
  }

  private void findLastReads() {
    List<Node> nodes = graph.nodes();
    for (int at = 0; at < nodes.size(); at++) {
      Node node = nodes.get(at);
      if (Operators.is(node, Trait.SAME_DATA)) {
        owners.put(node.output(), owner(node.input(0)));
      }
      for (String read : reads(node)) {
        lastReads.put(owner(read), at);
      }
    }
    graph.outputs().forEach(output -> lastReads.put(owner(output.name()), nodes.size()));
  }

  private String owner(String value) {
    return owners.getOrDefault(value, value);
  }

  /** Inputs, and what the graphs inside of a node read of the one around it. */
  private static Set<String> reads(Node node) {
    Set<String> reads = new HashSet<>(node.inputs());
    node.graphs().forEach(inner -> inner.nodes().forEach(within -> reads.addAll(within.inputs())));
    return reads;
  }

  private void run() {
    Map<Integer, List<String>> ending = new HashMap<>();
    List<Node> nodes = graph.nodes();
    for (int at = 0; at < nodes.size(); at++) {
      Node node = nodes.get(at);
      for (String made : made(node)) {
        held = held.plus(bytes(made));
        int last = Math.max(at, lastReads.getOrDefault(made, at));
        ending.computeIfAbsent(last, key -> new ArrayList<>()).add(made);
      }
      addMoments(node);
      for (String ended : ending.getOrDefault(at, List.of())) {
        held = held.minus(bytes(ended));
      }
    }
  }

  private static List<String> made(Node node) {
    return Operators.is(node, Trait.SAME_DATA)
        ? List.of()
        : node.outputs().stream().filter(output -> !output.isEmpty()).toList();
  }

  private HeldBytes bytes(String name) {
    return HeldBytes.of(graph.value(name));
  }

  private void addMoments(Node node) {
    List<HeldBytes> inner = node.graphs().stream().flatMap(body -> moments(body).stream()).toList();
    addMoment(held);
    inner.forEach(within -> addMoment(held.plus(within)));
  }

  private void addMoment(HeldBytes moment) {
    if (moments.stream().noneMatch(moment::isWithin)) {
      moments.removeIf(other -> other.isWithin(moment));
      moments.add(moment);
    }
  }
}
