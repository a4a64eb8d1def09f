package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attention of one query for each record, without its keys and values: where only one token of a
 * layer is read, two matrices of all tokens are made for a single row of scores and of context.
 *
 * <p>By associativity the scores are (q W_K) x', and the context is (P x) W_V': vectors instead of
 * matrices. A bias becomes a column of W beside a column of ones of x, so that keys and values
 * remain one factor of a product, whatever reads it, and methods that share a product get what they
 * got before.
 */
public final class SingleQueryAttention {
  /** This pass. */
  public static final Pass<Graph> PASS =
      new Pass<>(
          "single query attention",
          "Makes no keys and values where one query of a record is left.",
          SingleQueryAttention::apply);

  private static final List<Long> SWAP_BATCH_AND_HEADS = List.of(1L, 0L, 2L);

  private final Graph graph;
  private final GraphBuilder builder;

  private SingleQueryAttention(Graph graph) {
    this.graph = graph;
    this.builder = GraphBuilder.withInputsOf(graph);
  }

  /** The graph with every attention of one query rewritten; others stay as they are. */
  public static Graph apply(Graph graph) {
    return DeadCode.remove(new SingleQueryAttention(graph).rebuild());
  }

  private Graph rebuild() {
    graph.nodes().forEach(this::rebuild);
    return builder.buildLike(graph);
  }

  private void rebuild(Node node) {
    Optional<HeadProjection> projection =
        isOneRow(node) ? HeadProjection.of(graph, node.input(1)) : Optional.empty();
    if (projection.isEmpty()) {
      builder.add(node);
    } else if (node.integer("transB", 0) == 1) {
      scores(node, projection.get());
    } else {
      context(node, projection.get());
    }
  }

  private boolean isOneRow(Node node) {
    return node.op().endsWith("MatMul")
        && node.integer("transA", 0) == 0
        && graph.value(node.output()).rank() == 4
        && graph.value(node.input(0)).shape().dim(2).isOne();
  }

  /** q [batch, heads, 1, size] becomes q W_K [batch, heads, in], then scores by token. */
  private void scores(Node node, HeadProjection keys) {
    Ops ops = new Ops(builder, node.name(), node.scope());
    Value query = ops.reshape("query", builder.value(node.input(0)), 0, 0, keys.size());
    Value asked = ops.matMul("asked", swapped(ops, "query_heads", query), weight(ops, keys));
    Value row =
        ops.fusedMatMul(
            "row",
            swapped(ops, "asked_records", asked),
            false,
            rows(ops, keys),
            true,
            node.decimal("alpha", 1f));
    finish(node, ops, row);
  }

  /** P [batch, heads, 1, tokens] gathers rows of x, which W_V then makes values of. */
  private void context(Node node, HeadProjection values) {
    Ops ops = new Ops(builder, node.name(), node.scope());
    Value weights = ops.reshape("weights", builder.value(node.input(0)), 0, 0, -1);
    Value gathered =
        swapped(ops, "gathered_heads", ops.matMul("gathered", weights, rows(ops, values)));
    Value context =
        ops.fusedMatMul(
            "projected", gathered, false, weight(ops, values), true, node.decimal("alpha", 1f));
    finish(node, ops, swapped(ops, "projected_records", context));
  }

  private static Value swapped(Ops ops, String step, Value x) {
    return ops.transpose(step, x, SWAP_BATCH_AND_HEADS);
  }

  /** W by head, [heads, size, in], with the bias as one more column. */
  private Value weight(Ops ops, HeadProjection projection) {
    long heads = projection.heads();
    long size = projection.size();
    Value weight = builder.value(projection.weight());
    Value byHead = ops.reshape("weight", weight, heads, size, weight.shape().dim(1).size());
    return projection
        .bias()
        .map(name -> ops.reshape("bias", builder.value(name), heads, size, 1))
        .map(bias -> ops.concat("weight_and_bias", 2, List.of(byHead, bias)))
        .orElse(byHead);
  }

  /** x, with a column of ones for the bias. */
  private Value rows(Ops ops, HeadProjection projection) {
    Value rows = builder.value(projection.rows());
    return projection.bias().isEmpty()
        ? rows
        : ops.pad("with_ones", rows, 2, ops.longs(0), ops.longs(1), ops.scalar(1f));
  }

  /** [batch, heads, n] under the name and in the shape of the node that it replaces. */
  private void finish(Node node, Ops ops, Value row) {
    List<String> inputs = List.of(row.name(), ops.longs(2).name());
    builder.add(
        new Node(node.name(), "Unsqueeze", "", inputs, node.outputs(), Map.of(), node.scope()));
  }
}
