package io.sparklrp.relevance;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.relevance.target.Targets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a graph that was compiled for {@link TargetSource#TARGETS} its targets: one for each
 * record, or several, which then share one forward pass. Everything that depends on the target
 * becomes the body of a Scan over them; all else is computed once.
 */
public final class TargetLoop {
  private static final List<String> TARGET =
      List.of(CompiledRelevance.TARGET_INDEX, CompiledRelevance.TARGET_WEIGHT);

  private final Graph graph;
  private final Targets targets;
  private final Set<String> dependent = new HashSet<>(TARGET);
  private final GraphBuilder builder;

  private TargetLoop(CompiledRelevance compiled, Targets targets) {
    this.graph = compiled.graph();
    this.targets = targets;
    this.builder = new GraphBuilder(graph.name());
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(dependent::contains)) {
        dependent.addAll(node.outputs());
      }
    }
    dependent.remove("");
  }

  /**
   * The graph with its targets. Where there are several, outputs that depend on the target have a
   * leading axis for them. What {@code targets} choose by themselves are outputs too.
   *
   * @param compiled a graph with the inputs {@code target_index} and {@code target_weight}
   */
  public static CompiledRelevance apply(CompiledRelevance compiled, Targets targets) {
    Graph graph = new TargetLoop(compiled, targets).rebuild();
    return new CompiledRelevance(graph, compiled.ledgerEntries());
  }

  private Graph rebuild() {
    graph.inputs().stream()
        .filter(input -> !TARGET.contains(input.name()))
        .forEach(input -> builder.input(input.name(), input.type(), input.shape()));
    graph.initializers().forEach(builder::initializer);
    graph.nodes().stream().filter(node -> !isDependent(node)).forEach(builder::add);
    Targets.Chosen chosen = chosen();
    List<Value> outputs = new ArrayList<>();
    if (targets.areSeveral()) {
      scan(chosen);
    } else {
      graph.nodes().stream().filter(this::isDependent).forEach(builder::add);
    }
    graph.outputs().forEach(output -> outputs.add(builder.value(output.name())));
    if (!targets.areGiven()) {
      outputs.add(chosen.index());
      outputs.add(chosen.weight());
    }
    return builder.build(outputs);
  }

  private boolean isDependent(Node node) {
    return node.outputs().stream().anyMatch(dependent::contains);
  }

  private Targets.Chosen chosen() {
    Ops ops = new Ops(builder, "targets", "relevance");
    Value logits = builder.value(CompiledRelevance.LOGITS);
    if (!targets.areGiven()) {
      Targets.Chosen found = targets.choose(ops, logits);
      return new Targets.Chosen(
          ops.output(CompiledRelevance.TARGET_INDEX, found.index()),
          ops.output(CompiledRelevance.TARGET_WEIGHT, found.weight()));
    }
    return new Targets.Chosen(
        input(CompiledRelevance.TARGET_INDEX), input(CompiledRelevance.TARGET_WEIGHT));
  }

  private Value input(String name) {
    Value one = graph.value(name);
    List<Dim> dims = new ArrayList<>(one.shape().dims());
    if (targets.areSeveral()) {
      dims.add(0, Dim.symbol("targets"));
    }
    return builder.input(name, one.type(), new Shape(dims));
  }

  private void scan(Targets.Chosen chosen) {
    Graph body = body();
    List<String> outputs =
        graph.outputs().stream().map(Value::name).filter(dependent::contains).toList();
    Map<String, Attribute> attributes =
        Map.of("body", new Attribute.GraphValue(body), "num_scan_inputs", Attribute.of(2L));
    builder.add(
        new Node(
            "targets.scan",
            "Scan",
            "",
            List.of(chosen.index().name(), chosen.weight().name()),
            outputs,
            attributes,
            "relevance"));
  }

  /** What is done for one target: reads values of the graph around it by their names. */
  private Graph body() {
    GraphBuilder inner = new GraphBuilder("target");
    TARGET.forEach(
        name -> inner.input(name + ".one", graph.value(name).type(), graph.value(name).shape()));
    List<Node> nodes = graph.nodes().stream().filter(this::isDependent).toList();
    Set<String> read = new LinkedHashSet<>();
    nodes.forEach(node -> read.addAll(node.inputs()));
    read.stream()
        .filter(name -> !name.isEmpty() && !dependent.contains(name))
        .forEach(name -> inner.outer(graph, name));
    Set<String> results = new HashSet<>();
    graph.outputs().stream().map(Value::name).filter(dependent::contains).forEach(results::add);
    nodes.forEach(node -> inner.add(inBody(node, results)));
    return inner.build(
        graph.outputs().stream()
            .map(Value::name)
            .filter(results::contains)
            .map(name -> inner.value(name + ".one"))
            .toList());
  }

  /** A node of the body: names of the loop's inputs and outputs are taken outside. */
  private static Node inBody(Node node, Set<String> results) {
    List<String> inputs =
        node.inputs().stream()
            .map(name -> TARGET.contains(name) || results.contains(name) ? name + ".one" : name)
            .toList();
    List<String> outputs =
        node.outputs().stream().map(name -> results.contains(name) ? name + ".one" : name).toList();
    return node.withInputs(inputs).withOutputs(outputs);
  }
}
