package io.sparklrp.method;

import io.sparklrp.graph.ModelGraph;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.NodeKind;
import io.sparklrp.relevance.RelevanceCompiler;
import io.sparklrp.relevance.RowShare;
import io.sparklrp.relevance.RuleSet;
import io.sparklrp.relevance.RuleTable;
import io.sparklrp.relevance.TargetSource;
import io.sparklrp.relevance.readout.InputProduct;
import io.sparklrp.relevance.rule.LayerRule;
import io.sparklrp.relevance.rule.Rule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
 * @param shares what tokens have of their own rows
 */
public record Gradient(
    String id,
    String description,
    Treatment attention,
    Treatment normalisation,
    Treatment activations,
    Conservation conservation,
    Optional<LayerRule> layers,
    Set<RowShare> shares)
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
        Set.of());
  }

  /** Copies. */
  public Gradient {
    shares = Set.copyOf(shares);
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
        shares);
  }

  /** The same with another way of attention. */
  Gradient with(Treatment ofAttention) {
    return new Gradient(
        id, description, ofAttention, normalisation, activations, conservation, layers, shares);
  }

  /** The same, but that tokens have more of their own rows. */
  Gradient with(RowShare share) {
    Set<RowShare> more = EnumSet.of(share);
    more.addAll(shares);
    return new Gradient(
        id, description, attention, normalisation, activations, conservation, layers, more);
  }

  /** The same under another name. */
  Gradient named(String name, String words) {
    return new Gradient(
        name, words, attention, normalisation, activations, conservation, layers, shares);
  }

  /** The rules, by kind of node. */
  public RuleSet rules() {
    Map<NodeKind, Rule> byKind = new EnumMap<>(NodeKind.class);
    List.of(attention, normalisation, activations).forEach(part -> byKind.putAll(part.rules()));
    RuleSet rules = RuleSet.of(byKind).withShares(shares);
    return layers.map(rules::withLayers).orElse(rules);
  }

  @Override
  public boolean isConservative() {
    return conservation == Conservation.ALL;
  }

  /** Rotary positions of queries, and constants, are those of all tokens. */
  @Override
  public boolean readsAllRows() {
    return !shares.isEmpty();
  }

  @Override
  public String variant() {
    Gradient listed = (Gradient) Methods.named(id);
    List<String> other = new ArrayList<>();
    layers.map(Rule::name).ifPresent(other::add);
    if (!attention.words().equals(listed.attention.words())) {
      other.add(attention.words());
    }
    if (shares.contains(RowShare.CONSTANTS)) {
      other.add("constants in rows of tokens are theirs");
    }
    return String.join("; ", other);
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
