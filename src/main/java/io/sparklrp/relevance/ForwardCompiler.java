package io.sparklrp.relevance;

import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Appends to a forward pass nothing but the explained score: for methods that run a model again and
 * again, instead of going back through it.
 */
public final class ForwardCompiler {
  private ForwardCompiler() {}

  /**
   * The score of a record, and what is explained; no token has relevance yet.
   *
   * @param ledgerEntries names of entries, whose amounts are 0 here
   */
  public static CompiledRelevance compile(
      ModelGraph model, TargetSource target, List<String> ledgerEntries) {
    GraphBuilder builder = GraphBuilder.from(model.graph());
    Ops ops = new Ops(builder, "relevance", "relevance");
    ExplainedScore score = ExplainedScore.append(ops, builder.value(model.logits()), target);
    Value nothing = ops.mul("nothing", ops.unsqueeze("column", score.score(), 1), ops.scalar(0f));
    Value lengths = ops.reduceSum("lengths", builder.value(model.embeddings()), false, -1);
    Value zeros = ops.add("zeros", ops.mul("no_lengths", lengths, ops.scalar(0f)), nothing);
    List<Value> results = new ArrayList<>(score.outputs(ops));
    results.add(ops.output(CompiledRelevance.RELEVANCE, zeros));
    results.add(ops.output(CompiledRelevance.LEDGER, amounts(ops, nothing, ledgerEntries.size())));
    return new CompiledRelevance(builder.build(results), ledgerEntries);
  }

  /** As many zeros as there are entries. */
  private static Value amounts(Ops ops, Value nothing, int entries) {
    return entries == 0
        ? ops.slice("empty", nothing, 1, ops.longs(0), ops.longs(0))
        : ops.concat("amounts", 1, Collections.nCopies(entries, nothing));
  }

  /**
   * The score alone, beside the outputs that it is made of.
   *
   * @param model one whose embeddings can be replaced
   */
  public static CompiledRelevance score(ModelGraph model, TargetSource target) {
    GraphBuilder builder = GraphBuilder.from(model.graph());
    Ops ops = new Ops(builder, "relevance", "relevance");
    ExplainedScore score = ExplainedScore.append(ops, builder.value(model.logits()), target);
    return new CompiledRelevance(builder.build(score.outputs(ops)), List.of());
  }
}
