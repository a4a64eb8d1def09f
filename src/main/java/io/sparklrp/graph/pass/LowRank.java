package io.sparklrp.graph.pass;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a matrix of low rank in factors, as long as what is done to it lets it.
 *
 * <p>Below a layer of which one token is read, or a mean over tokens, the relevance of all tokens
 * is made of a few rows: one for each attention head and the token's own. G = L R, and G W = L (R
 * W) then takes a product of a few rows with W instead of one of all tokens; a LayerNorm whose
 * factor is constant works on the rows of R. Where the matrix itself is read, it is multiplied out.
 */
public final class LowRank {
  /** This pass. */
  public static final Pass<Graph> PASS =
      new Pass<>(
          "low rank", "Keeps relevance that is made of a few rows in factors.", LowRank::apply);

  /** A matrix has to be this many times wider than its rank. */
  private static final long LEAST_RATIO = 4;

  private final Graph graph;
  private final GraphBuilder builder;
  private final FactorRules rules;
  private final Map<String, Factored> factored = new HashMap<>();
  private boolean saves;

  private LowRank(Graph graph) {
    this.graph = graph;
    this.builder = GraphBuilder.withInputsOf(graph);
    this.rules =
        new FactorRules(graph, name -> Optional.ofNullable(factored.get(name)), this::made);
  }

  /** The graph with matrices of low rank in factors, where that saves a product with a weight. */
  public static Graph apply(Graph graph) {
    LowRank pass = new LowRank(graph);
    Graph changed = pass.rebuild();
    return pass.saves ? DeadCode.remove(changed) : graph;
  }

  /** Whether a matrix of a rank and so many columns is worth being kept in factors. */
  static boolean pays(long rank, Dim columns) {
    return columns.isFixed() && columns.size() >= LEAST_RATIO * rank;
  }

  private Graph rebuild() {
    graph.nodes().forEach(this::rebuild);
    return builder.build(graph.outputs().stream().map(output -> made(output.name())).toList());
  }

  private void rebuild(Node node) {
    Ops ops = new Ops(builder, node.name() + ".factors", node.scope());
    Optional<Factored> factors = rules.of(node, ops).filter(LowRank::isNarrow);
    if (factors.isPresent()) {
      factored.put(node.output(), factors.get());
      saves |= Operators.is(node, Trait.MATRIX_PRODUCT) && factored.containsKey(node.input(0));
      return;
    }
    Node read = isSumOverRows(node) ? summed(node, ops) : node;
    read.inputs().forEach(this::made);
    node.graphs()
        .forEach(body -> body.nodes().forEach(inner -> inner.inputs().forEach(this::made)));
    builder.add(read);
  }

  private static boolean isNarrow(Factored factors) {
    return factors.columns() == 1 || factors.columns() >= LEAST_RATIO * factors.rank();
  }

  /** A value of the graph, multiplied out if it is only there in factors. */
  private Value made(String name) {
    Factored factors = factored.get(name);
    if (factors != null && !builder.has(name)) {
      Node node = graph.producer(name).orElseThrow();
      List<String> inputs = List.of(factors.left().name(), factors.right().name());
      builder.add(
          new Node(node.name(), "MatMul", "", inputs, node.outputs(), Map.of(), node.scope()));
    }
    return builder.has(name) ? builder.value(name) : graph.value(name);
  }

  private boolean isSumOverRows(Node node) {
    return node.op().equals("ReduceSum")
        && factored.containsKey(node.input(0))
        && graph
            .constant(node.input(1))
            .map(Tensor::toLongs)
            .filter(axes -> axes.length > 0 && axes[0] == 1)
            .isPresent();
  }

  /** The sum over rows of the product is the product of the sum over the left factor's rows. */
  private Node summed(Node node, Ops ops) {
    Factored factors = factored.get(node.input(0));
    Value rows = ops.reduceSum("rows", factors.left(), true, 1);
    List<String> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, ops.matMul("sum", rows, factors.right()).name());
    return node.withInputs(inputs);
  }
}
