package io.sparklrp.compile;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.pass.DeadCode;
import io.sparklrp.graph.pass.Pass;
import io.sparklrp.relevance.CompiledRelevance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Has a graph give, instead of very many outputs such as a vocabulary's, the highest of each row
 * and the logarithm of the sum of all exponentials over the highest: half a megabyte a row need not
 * leave the engine.
 */
final class RankedLogits {
  /** Names of the graph's outputs: int64 and float [batch, count] or [batch, rows, count]. */
  private static final String INDEX = "top_index";

  private static final String LOGIT = "top_logit";

  /** float [batch] or [batch, rows]. */
  private static final String LOG_SUM = "log_sum";

  private RankedLogits() {}

  /** The pass that keeps so many of each row. */
  static Pass<CompiledRelevance> pass(long count) {
    return new Pass<>(
        "ranked logits",
        "Gives the highest outputs of each row, and what makes probabilities of them, for all.",
        compiled -> apply(compiled, count));
  }

  /**
   * The graph with fewer outputs.
   *
   * @param count how many of the highest are kept
   */
  static CompiledRelevance apply(CompiledRelevance compiled, long count) {
    Graph graph = compiled.graph();
    GraphBuilder builder = GraphBuilder.from(graph);
    Ops ops = new Ops(builder, "relevance.ranked", "relevance");
    Value logits = builder.value(CompiledRelevance.LOGITS);
    List<Value> outputs = new ArrayList<>(highest(ops, logits, count));
    outputs.add(logSum(ops, logits));
    graph.outputs().stream()
        .filter(output -> !output.name().equals(CompiledRelevance.LOGITS))
        .map(output -> builder.value(output.name()))
        .forEach(outputs::add);
    return new CompiledRelevance(DeadCode.remove(builder.build(outputs)), compiled.ledgerEntries());
  }

  private static List<Value> highest(Ops ops, Value logits, long count) {
    Map<String, Attribute> attributes =
        Map.of("axis", Attribute.of(-1L), "largest", Attribute.of(1L), "sorted", Attribute.of(1L));
    List<String> inputs = List.of(logits.name(), ops.longs(count).name());
    List<String> outputs = List.of(LOGIT, INDEX);
    return ops.builder()
        .add(
            new Node(
                "relevance.ranked.highest", "TopK", "", inputs, outputs, attributes, "relevance"));
  }

  /** The largest is taken out of the sum, so that no exponential is infinite. */
  private static Value logSum(Ops ops, Value logits) {
    Map<String, Attribute> keeps = Map.of("keepdims", Attribute.of(1L));
    Value largest = ops.op("largest", "ReduceMax", keeps, logits, ops.longs(-1));
    Value exponentials = ops.unary("exp", "Exp", ops.sub("below", logits, largest));
    Value sum = ops.unary("log", "Log", ops.reduceSum("sum", exponentials, true, -1));
    long rank = logits.rank();
    Value flat = rank == 2 ? ops.reshape("flat", sum, -1) : ops.reshape("flat", sum, 0, -1);
    return ops.output(LOG_SUM, flat);
  }
}
