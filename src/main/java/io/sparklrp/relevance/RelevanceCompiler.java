package io.sparklrp.relevance;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import io.sparklrp.relevance.readout.Gradients;
import io.sparklrp.relevance.readout.ReadOut;
import io.sparklrp.relevance.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Appends the relevance pass of a rule set to a forward pass: one reverse walk, node by node, from
 * the seed at the logits to the embeddings (Ali et al. 2022, section 3: LRP as a modified gradient
 * times the input).
 */
public final class RelevanceCompiler {
  private final ModelGraph model;
  private final RuleSet rules;
  private final ReadOut readOut;
  private final TargetSource target;
  private final LedgerDetail detail;
  private final GraphBuilder builder;
  private final ActiveValues active;
  private final Map<String, NodeKind> kinds;
  private final BackwardPass pass;
  private final Ops ops;

  private RelevanceCompiler(
      ModelGraph model, RuleSet rules, ReadOut readOut, TargetSource target, LedgerDetail detail) {
    this.model = model;
    this.rules = rules;
    this.readOut = readOut;
    this.target = target;
    this.detail = detail;
    this.builder = GraphBuilder.from(model.graph());
    this.active = new ActiveValues(model.graph(), model.embeddings());
    this.kinds = new NodeKinds(model.graph(), active).all();
    this.pass = new BackwardPass(model, builder, active, kinds, rules, detail);
    this.ops = new Ops(builder, "relevance", "relevance");
  }

  /**
   * Compiles.
   *
   * @param model the forward pass
   * @param rules the rules of a method
   * @param readOut how one number a token is made of the gradients
   * @param target where the seed comes from
   * @param detail how finely the ledger books additive constants
   * @throws UserException if a node that the score depends on has no rule; all such nodes are named
   */
  public static CompiledRelevance compile(
      ModelGraph model, RuleSet rules, ReadOut readOut, TargetSource target, LedgerDetail detail) {
    return new RelevanceCompiler(model, rules, readOut, target, detail).compile();
  }

  private CompiledRelevance compile() {
    refuseUnknown();
    ExplainedScore score = ExplainedScore.append(ops, builder.value(model.logits()), target);
    pass.send(model.logits(), score.seed());
    walk();
    Value relevance = readOut.relevance(found());
    Ledger ledger = readOut.areShares() ? pass.ledger() : new Ledger();
    Value amounts = ledger.total(ops.in("ledger"), relevance);
    List<Value> results = new ArrayList<>(score.outputs(ops));
    results.add(ops.output(CompiledRelevance.RELEVANCE, relevance));
    results.add(ops.output(CompiledRelevance.LEDGER, amounts));
    if (detail.isByToken()) {
      results.add(ops.output(CompiledRelevance.TOKEN_BIAS, added(relevance)));
    }
    return new CompiledRelevance(builder.build(results), ledger.entries());
  }

  /** What constants add in the rows of tokens: zeros where there are none. */
  private Value added(Value relevance) {
    Ops inRows = ops.in("added");
    return pass.added().stream()
        .reduce((sum, part) -> inRows.add("sum", sum, part))
        .orElseGet(() -> inRows.mul("none", relevance, inRows.scalar(0f)));
  }

  private void refuseUnknown() {
    List<String> missing =
        RuleTable.of(model, rules).rows().stream()
            .filter(row -> row.rule().isEmpty())
            .map(row -> row.node() + " (" + row.op() + ")")
            .toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          String.format(
              "Cannot explain the model: no rule for %s. Run check-model to see all of its operators.",
              String.join(", ", missing)));
    }
  }

  private void walk() {
    List<Node> nodes = model.graph().nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      boolean isEmbedding = node.outputs().contains(model.embeddings());
      if (!isEmbedding
          && active.contains(node.output())
          && pass.arrivedAt(node.output()).isPresent()) {
        propagate(node);
      }
    }
  }

  private void propagate(Node node) {
    try {
      pass.absorption().begin();
      rule(node).propagate(node, pass);
      pass.absorption()
          .end(node, kinds.get(node.name()), pass.arrivedAt(node.output()).orElseThrow());
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UserException(
          String.format(
              "Cannot explain the model: the rule of node %s (%s) does not fit it (%s)."
                  + " Report it with the model's name.",
              node.name(), node.op(), e.getMessage()),
          e);
    }
  }

  private Rule rule(Node node) {
    return rules.rule(node, kinds.get(node.name())).orElseThrow();
  }

  private Gradients found() {
    Value gradient = pass.arrivedAt(model.embeddings()).orElseThrow(this::unreached);
    return new FoundGradients(model, pass, gradient, ops);
  }

  private UserException unreached() {
    return new UserException(
        String.format(
            "Cannot explain the model: its output %s does not depend on the embeddings %s."
                + " Name another output or point of explanation.",
            model.logits(), model.embeddings()));
  }
}
