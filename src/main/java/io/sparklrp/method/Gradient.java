package io.sparklrp.method;

import io.sparklrp.graph.ModelGraph;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.NodeKind;
import io.sparklrp.relevance.RelevanceCompiler;
import io.sparklrp.relevance.RuleSet;
import io.sparklrp.relevance.RuleTable;
import io.sparklrp.relevance.TargetSource;
import io.sparklrp.relevance.readout.InputProduct;
import io.sparklrp.relevance.rule.LayerRule;
import io.sparklrp.relevance.rule.Rule;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A modified gradient times the input (Ali et al. 2022, section 3): one pass backwards, by the
 * method's own rules at attention, normalisation and activations. The number of a token is the sum
 * of X G over its embedding, which the graph gives.
 *
 * @param id the name that users write
 * @param description what it does, in one sentence
 * @param attention what it does at attention
 * @param normalisation what it does at LayerNorm and its kin
 * @param activations what it does at all else that is not linear
 * @param conservation what of the score it accounts for
 * @param layers its rule at linear layers; empty for the gradient
 * @param positionsTakePart whether what arrives at a token's own position is the token's
 */
public record Gradient(
    String id,
    String description,
    Treatment attention,
    Treatment normalisation,
    Treatment activations,
    Conservation conservation,
    Optional<LayerRule> layers,
    boolean positionsTakePart)
    implements Method {
  /** A method that follows the gradient at linear layers. */
  public Gradient(
      String id,
      String description,
      Treatment attention,
      Treatment normalisation,
      Treatment activations,
      Conservation conservation) {
    this(
        id,
        description,
        attention,
        normalisation,
        activations,
        conservation,
        Optional.empty(),
        false);
  }

  /** The same with a rule of its own at linear layers. */
  Gradient with(LayerRule rule) {
    return new Gradient(
        id,
        description,
        attention,
        normalisation,
        activations,
        conservation,
        Optional.of(rule),
        positionsTakePart);
  }

  /** The same, but that what arrives at a token's own position is the token's. */
  Gradient withPositions(String name, String words) {
    return new Gradient(
        name, words, attention, normalisation, activations, conservation, layers, true);
  }

  /** The rules, by kind of node. */
  public RuleSet rules() {
    Map<NodeKind, Rule> byKind = new EnumMap<>(NodeKind.class);
    List.of(attention, normalisation, activations).forEach(part -> byKind.putAll(part.rules()));
    RuleSet rules = positionsTakePart ? RuleSet.of(byKind).withPositions() : RuleSet.of(byKind);
    return layers.map(rules::withLayers).orElse(rules);
  }

  @Override
  public boolean isConservative() {
    return conservation == Conservation.ALL;
  }

  /** Rotary positions of queries are those of all tokens. */
  @Override
  public boolean readsAllRows() {
    return positionsTakePart;
  }

  @Override
  public String variant() {
    return layers.map(Rule::name).orElse("");
  }

  @Override
  public CompiledRelevance append(ModelGraph forward, TargetSource target, LedgerDetail detail) {
    return RelevanceCompiler.compile(forward, rules(), new InputProduct(), target, detail);
  }

  @Override
  public RuleTable ruleTable(ModelGraph forward) {
    return RuleTable.of(forward, rules());
  }

  @Override
  public String toString() {
    return id;
  }
}
