package io.sparklrp.compile;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.pass.CommonSubexpressions;
import io.sparklrp.graph.pass.DeadCode;
import io.sparklrp.graph.pass.OutputRows;
import io.sparklrp.graph.pass.SingleQueryAttention;
import io.sparklrp.graph.pass.SlicePushdown;
import io.sparklrp.method.Method;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.RuleTable;
import io.sparklrp.relevance.TargetLoop;
import io.sparklrp.relevance.TargetSource;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The passes in their order: prune the forward pass, append the relevance pass, remove what is
 * equal or unread.
 */
public final class Compilation {
  private Compilation() {}

  /**
   * The forward pass with only what its logits need. Where a pass would have the methods take
   * attention, a gate or another kind of node for something else, that pass is left out: it costs
   * time, and relevance stays what it is.
   */
  public static ModelGraph pruned(ModelGraph model) {
    return keepingKinds(keepingKinds(model, SlicePushdown::apply), SingleQueryAttention::apply);
  }

  private static ModelGraph keepingKinds(ModelGraph model, UnaryOperator<Graph> pass) {
    ModelGraph changed =
        new ModelGraph(pass.apply(model.graph()), model.embeddings(), model.logits());
    return RuleTable.counts(changed).equals(RuleTable.counts(model)) ? changed : model;
  }

  /** The compiled forward and relevance pass of a model. */
  public static CompiledRelevance compile(
      ModelGraph model, Method method, TargetSource target, LedgerDetail detail) {
    CompiledRelevance compiled = method.append(pruned(model), target, detail);
    Graph graph = DeadCode.remove(CommonSubexpressions.merge(compiled.graph()));
    return new CompiledRelevance(graph, compiled.ledgerEntries());
  }

  /**
   * The same for the kind of targets that a plan says.
   *
   * @throws UserException if the model cannot be compiled, whatever the reason
   */
  static CompiledRelevance compile(ModelGraph model, Method method, TargetPlan plan) {
    try {
      return planned(model, method, plan);
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UserException(
          String.format(
              "Cannot explain the model: its graph cannot be compiled (%s). Report it with the model's name.",
              Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName())),
          e);
    }
  }

  private static CompiledRelevance planned(ModelGraph model, Method method, TargetPlan plan) {
    ModelGraph rows = plan.rows().map(dim -> OutputRows.select(model, dim)).orElse(model);
    CompiledRelevance compiled = compile(rows, method, plan.source(), LedgerDetail.LAYER);
    return plan.targets().map(targets -> TargetLoop.apply(compiled, targets)).orElse(compiled);
  }
}
