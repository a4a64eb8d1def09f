package io.sparklrp.assembly;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.pass.CommonSubexpressions;
import io.sparklrp.graph.pass.DeadCode;
import io.sparklrp.graph.pass.OutputRows;
import io.sparklrp.graph.pass.SingleQueryAttention;
import io.sparklrp.graph.pass.SlicePushdown;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.RelevanceCompiler;
import io.sparklrp.relevance.RuleSet;
import io.sparklrp.relevance.TargetLoop;
import io.sparklrp.relevance.TargetSource;

/**
 * The passes in their order: prune the forward pass, append the relevance pass, remove what is
 * equal or unread.
 */
public final class Compilation {
  private Compilation() {}

  /** The forward pass with only what its logits need. */
  public static ModelGraph pruned(ModelGraph model) {
    Graph pruned = SingleQueryAttention.apply(SlicePushdown.apply(model.graph()));
    return new ModelGraph(pruned, model.embeddings(), model.logits());
  }

  /** The compiled forward and relevance pass of a model. */
  public static CompiledRelevance compile(
      ModelGraph model, RuleSet rules, TargetSource target, LedgerDetail detail) {
    CompiledRelevance compiled = RelevanceCompiler.compile(pruned(model), rules, target, detail);
    Graph graph = DeadCode.remove(CommonSubexpressions.merge(compiled.graph()));
    return new CompiledRelevance(graph, compiled.ledgerEntries());
  }

  /** The same for the kind of targets that a plan says. */
  static CompiledRelevance compile(ModelGraph model, RuleSet rules, TargetPlan plan) {
    ModelGraph rows = plan.rows().map(dim -> OutputRows.select(model, dim)).orElse(model);
    CompiledRelevance compiled = compile(rows, rules, plan.source(), LedgerDetail.LAYER);
    return plan.targets().map(targets -> TargetLoop.apply(compiled, targets)).orElse(compiled);
  }
}
