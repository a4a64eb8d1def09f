package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.op.OpInputs;
import io.sparklrp.graph.op.Operator;
import io.sparklrp.graph.op.Operators;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Computes only what a selection of tokens keeps. A classifier reads the first token of the last
 * layer, a language model the last one: this pass moves that selection up, through everything that
 * works row by row, so that the layer's queries, attention output and feed-forward part are
 * computed for one token.
 *
 * <p>One walk from the outputs finds which values are needed only in one and the same selection; a
 * second, forwards, builds the graph anew.
 */
public final class SlicePushdown {
  /** This pass. */
  public static final Pass<Graph> PASS =
      new Pass<>("slice pushdown", "Computes only the rows that are read.", SlicePushdown::apply);

  /** A selection of one axis of a value. */
  private record Wish(int axis, Selection kept) {}

  private final Graph graph;
  private final GraphBuilder builder;
  private final Map<String, List<Optional<Wish>>> demands = new HashMap<>();
  private final Map<String, Wish> cutNodes = new HashMap<>();
  private final Map<String, String> cuts = new HashMap<>();

  private SlicePushdown(Graph graph) {
    this.graph = graph;
    this.builder = GraphBuilder.withInputsOf(graph);
  }

  /** The graph with its selections as early as they can be. */
  public static Graph apply(Graph graph) {
    SlicePushdown pass = new SlicePushdown(graph);
    pass.findDemands();
    return DeadCode.remove(pass.rebuild());
  }

  private void findDemands() {
    graph.outputs().forEach(output -> demand(output.name(), Optional.empty()));
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      Optional<Selection.Cut> own = Selection.of(graph, node);
      if (own.isPresent()) {
        demandSelected(node, own.get());
      } else {
        demandInputs(node, agreedWish(node));
      }
    }
  }

  private void demandSelected(Node node, Selection.Cut own) {
    for (int i = 0; i < node.inputs().size(); i++) {
      boolean isData = i == own.input();
      demand(
          node.input(i), isData ? Optional.of(new Wish(own.axis(), own.kept())) : Optional.empty());
    }
  }

  private void demandInputs(Node node, Optional<Wish> wanted) {
    Optional<List<Integer>> inputAxes = wanted.flatMap(wish -> fittingAxes(node, wish));
    inputAxes.ifPresent(found -> cutNodes.put(node.name(), wanted.orElseThrow()));
    for (int i = 0; i < node.inputs().size(); i++) {
      int axis = inputAxes.isPresent() ? inputAxes.get().get(i) : Operator.WHOLE;
      demand(
          node.input(i),
          axis == Operator.WHOLE
              ? Optional.empty()
              : Optional.of(new Wish(axis, wanted.orElseThrow().kept)));
    }
  }

  /** The axis of each input that a slice of the output is a slice of. */
  private Optional<List<Integer>> sliced(Node node, Wish wish) {
    Shape output = graph.value(node.output()).shape();
    return Operators.of(node).slice(OpInputs.of(graph, node), output, wish.axis);
  }

  private Optional<List<Integer>> fittingAxes(Node node, Wish wish) {
    int rank = graph.value(node.output()).rank();
    return sliced(node, wish)
        .filter(
            found -> {
              for (int i = 0; i < found.size(); i++) {
                if (found.get(i) != Operator.WHOLE
                    && !wish.kept.fits(node, graph.value(node.input(i)).rank(), rank)) {
                  return false;
                }
              }
              return true;
            });
  }

  private void demand(String value, Optional<Wish> wish) {
    demands.computeIfAbsent(value, name -> new ArrayList<>()).add(wish);
  }

  /** The selection that all readers of a node with one output agree on. */
  private Optional<Wish> agreedWish(Node node) {
    List<Optional<Wish>> wanted = demands.getOrDefault(node.output(), List.of());
    boolean agreed =
        node.outputs().size() == 1 && !wanted.isEmpty() && wanted.stream().distinct().count() == 1;
    return agreed ? wanted.get(0) : Optional.empty();
  }

  private Graph rebuild() {
    Set<String> early = madeForSelections();
    graph.nodes().stream().filter(node -> early.contains(node.name())).forEach(this::rebuild);
    graph.nodes().stream().filter(node -> !early.contains(node.name())).forEach(this::rebuild);
    List<Value> outputs =
        graph.outputs().stream().map(output -> builder.value(output.name())).toList();
    return builder.build(outputs);
  }

  /** Names of the nodes that matrices of rows are made of: they must be there before any cut. */
  private Set<String> madeForSelections() {
    Set<String> values = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      Selection.of(graph, node).flatMap(own -> own.kept().matrix()).ifPresent(values::add);
      if (node.outputs().stream().anyMatch(values::contains)) {
        names.add(node.name());
        values.addAll(node.inputs());
      }
    }
    return names;
  }

  private void rebuild(Node node) {
    Optional<Selection.Cut> own = Selection.of(graph, node);
    Wish wish = cutNodes.get(node.name());
    if (own.isPresent()) {
      rebuildSelection(node, own.get());
    } else if (wish == null) {
      builder.add(node);
    } else {
      rebuildCut(node, wish);
    }
  }

  private void rebuildCut(Node node, Wish wish) {
    List<Integer> inputAxes = sliced(node, wish).orElseThrow();
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      int axis = inputAxes.get(i);
      inputs.add(
          axis == Operator.WHOLE ? node.input(i) : cut(node.input(i), new Wish(axis, wish.kept)));
    }
    builder.add(node.withInputs(inputs));
  }

  /** A selecting node gives what its data's maker now gives, or selects it here. */
  private void rebuildSelection(Node node, Selection.Cut own) {
    String data = node.input(own.input());
    boolean made = isMadeCut(data, new Wish(own.axis(), own.kept()));
    builder.add(
        made
            ? new Node(
                node.name(), "Identity", "", List.of(data), node.outputs(), Map.of(), node.scope())
            : node);
  }

  private boolean isMadeCut(String value, Wish wish) {
    return graph
        .producer(value)
        .map(maker -> Objects.equals(cutNodes.get(maker.name()), wish))
        .orElse(false);
  }

  /** The name of a value's selection: made so, or selected here once. */
  private String cut(String value, Wish wish) {
    if (isMadeCut(value, wish)) {
      return value;
    }
    return cuts.computeIfAbsent(value + wish, key -> selected(value, wish));
  }

  private String selected(String value, Wish wish) {
    String scope = graph.producer(value).map(Node::scope).orElse("");
    return wish.kept.apply(new Ops(builder, value, scope), builder.value(value), wish.axis).name();
  }
}
