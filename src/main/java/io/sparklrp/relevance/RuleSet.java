package io.sparklrp.relevance;

import io.sparklrp.graph.Node;
import io.sparklrp.relevance.rule.AdditionRule;
import io.sparklrp.relevance.rule.ConcatRule;
import io.sparklrp.relevance.rule.ExpandRule;
import io.sparklrp.relevance.rule.ExtremumRule;
import io.sparklrp.relevance.rule.GatherElementsRule;
import io.sparklrp.relevance.rule.GatherRowsRule;
import io.sparklrp.relevance.rule.GatherRule;
import io.sparklrp.relevance.rule.IdentityRule;
import io.sparklrp.relevance.rule.LargestRule;
import io.sparklrp.relevance.rule.LayerBiasRule;
import io.sparklrp.relevance.rule.LayerRule;
import io.sparklrp.relevance.rule.LinearRule;
import io.sparklrp.relevance.rule.NegationRule;
import io.sparklrp.relevance.rule.NormRule;
import io.sparklrp.relevance.rule.PadRule;
import io.sparklrp.relevance.rule.ReductionRule;
import io.sparklrp.relevance.rule.ReshapeRule;
import io.sparklrp.relevance.rule.RotaryRule;
import io.sparklrp.relevance.rule.Rule;
import io.sparklrp.relevance.rule.ScaleRule;
import io.sparklrp.relevance.rule.SelectionRule;
import io.sparklrp.relevance.rule.SharedRotaryRule;
import io.sparklrp.relevance.rule.SliceRule;
import io.sparklrp.relevance.rule.SubtractionRule;
import io.sparklrp.relevance.rule.TransposeRule;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules that relevance follows: by kind of node and, for what is linear, by operator. */
public final class RuleSet {
  private static final Map<String, Rule> LINEAR =
      Map.ofEntries(
          Map.entry("Add", new AdditionRule()),
          Map.entry("Cast", new IdentityRule()),
          Map.entry("Concat", new ConcatRule()),
          Map.entry("Div", new ScaleRule()),
          Map.entry("GatherElements", new GatherElementsRule()),
          Map.entry("Expand", new ExpandRule()),
          Map.entry("Gather", new GatherRule()),
          Map.entry("GatherND", new GatherRowsRule()),
          Map.entry("Gemm", new LinearRule()),
          Map.entry("Identity", new IdentityRule()),
          Map.entry("MatMul", new LinearRule()),
          Map.entry("Max", new ExtremumRule()),
          Map.entry("Min", new ExtremumRule()),
          Map.entry("Mul", new ScaleRule()),
          Map.entry("Neg", new NegationRule()),
          Map.entry("Pad", new PadRule()),
          Map.entry("ReduceL2", new NormRule()),
          Map.entry("ReduceMax", new LargestRule()),
          Map.entry("ReduceMean", new ReductionRule()),
          Map.entry("ReduceMin", new LargestRule()),
          Map.entry("ReduceSum", new ReductionRule()),
          Map.entry("Reshape", new ReshapeRule()),
          Map.entry("Slice", new SliceRule()),
          Map.entry("Squeeze", new ReshapeRule()),
          Map.entry("Sub", new SubtractionRule()),
          Map.entry("Transpose", new TransposeRule()),
          Map.entry("Unsqueeze", new ReshapeRule()),
          Map.entry(Node.MICROSOFT + ".FusedMatMul", new LinearRule()),
          Map.entry(Node.MICROSOFT + ".RotaryEmbedding", new RotaryRule()),
          Map.entry("Where", new SelectionRule()));

  private final Map<NodeKind, Rule> byKind;
  private final Map<String, Rule> byOperator;
  private final Map<String, Rule> linear;
  private final Set<RowShare> shares;

  private RuleSet(
      Map<NodeKind, Rule> byKind,
      Map<String, Rule> byOperator,
      Map<String, Rule> linear,
      Set<RowShare> shares) {
    this.byKind = byKind;
    this.byOperator = byOperator;
    this.linear = linear;
    this.shares = Set.copyOf(shares);
  }

  /** Rules by kind of node; what is linear has the same rules in all sets. */
  public static RuleSet of(Map<NodeKind, Rule> byKind) {
    return new RuleSet(new EnumMap<>(byKind), Map.of(), LINEAR, Set.of());
  }

  /** The same rules, with one for all products of linear layers. */
  public RuleSet withLayers(LayerRule rule) {
    Map<String, Rule> changed = new HashMap<>(linear);
    changed.replaceAll((operator, before) -> before instanceof LinearRule ? rule : before);
    changed.put("Add", new LayerBiasRule());
    return new RuleSet(byKind, byOperator, changed, shares);
  }

  /** The same rules, under which tokens have this of their own rows. */
  public RuleSet withShares(Set<RowShare> ofRows) {
    Map<String, Rule> changed = new HashMap<>(linear);
    if (ofRows.contains(RowShare.POSITIONS)) {
      changed.replaceAll(
          (operator, before) -> before instanceof RotaryRule ? new SharedRotaryRule() : before);
    }
    return new RuleSet(byKind, byOperator, changed, ofRows);
  }

  /** Whether tokens have this of their own rows. */
  boolean has(RowShare share) {
    return shares.contains(share);
  }

  /** Names of the operators that have a rule of their own where they are linear. */
  static Set<String> linear() {
    return LINEAR.keySet();
  }

  /** The rule for a node of a kind; empty where there is none. */
  Optional<Rule> rule(Node node, NodeKind kind) {
    Rule own = byOperator.get(node.qualifiedOp());
    if (own != null) {
      return Optional.of(own);
    }
    return Optional.ofNullable(
        kind == NodeKind.LINEAR ? linear.get(node.qualifiedOp()) : byKind.get(kind));
  }

  /** The same rules with one replaced, for tests that break a rule on purpose. */
  RuleSet with(NodeKind kind, Rule rule) {
    Map<NodeKind, Rule> changed = new EnumMap<>(byKind);
    changed.put(kind, rule);
    return new RuleSet(changed, byOperator, linear, shares);
  }

  /** The same rules and one for an operator, which goes before any other. */
  RuleSet with(String operator, Rule rule) {
    Map<String, Rule> changed = new HashMap<>(byOperator);
    changed.put(operator, rule);
    return new RuleSet(byKind, changed, linear, shares);
  }
}
