package io.sparklrp.relevance;

import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.relevance.rule.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which rule of a set is used for each node of a model that the score depends on.
 *
 * @param rows one for each node, in the order of the forward pass
 */
public record RuleTable(List<Row> rows) {
  /**
   * One node.
   *
   * @param node its name
   * @param op its operator
   * @param kind what it is to the methods
   * @param rule the rule's name; empty where there is none
   */
  public record Row(String node, String op, NodeKind kind, Optional<String> rule) {}

  /** Copies. */
  public RuleTable {
    rows = List.copyOf(rows);
  }

  /** The table of a model and a set of rules. */
  public static RuleTable of(ModelGraph model, RuleSet rules) {
    Map<String, NodeKind> kinds = kinds(model);
    return new RuleTable(
        explained(model, kinds).map(node -> row(node, kinds.get(node.name()), rules)).toList());
  }

  /** How many nodes of each kind a model has, but for those that every method treats alike. */
  public static Map<NodeKind, Long> counts(ModelGraph model) {
    Map<String, NodeKind> kinds = kinds(model);
    return explained(model, kinds)
        .map(node -> kinds.get(node.name()))
        .filter(kind -> kind != NodeKind.LINEAR)
        .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
  }

  /** The nodes of a kind that the score depends on, in the order of the forward pass. */
  static List<Node> nodes(ModelGraph model, Map<String, NodeKind> kinds, NodeKind kind) {
    return explained(model, kinds).filter(node -> kinds.get(node.name()) == kind).toList();
  }

  private static Map<String, NodeKind> kinds(ModelGraph model) {
    return new NodeKinds(model.graph(), new ActiveValues(model.graph(), model.embeddings())).all();
  }

  /** The nodes between the embeddings and the score. */
  private static Stream<Node> explained(ModelGraph model, Map<String, NodeKind> kinds) {
    Set<String> needed = needed(model);
    return model.graph().nodes().stream()
        .filter(node -> kinds.containsKey(node.name()) && needed.contains(node.name()))
        .filter(node -> !node.outputs().contains(model.embeddings()));
  }

  private static Row row(Node node, NodeKind kind, RuleSet rules) {
    return new Row(node.name(), node.qualifiedOp(), kind, rules.rule(node, kind).map(Rule::name));
  }

  /** Names of the nodes that the logits depend on. */
  private static Set<String> needed(ModelGraph model) {
    Set<String> values = new HashSet<>(Set.of(model.logits()));
    Set<String> names = new HashSet<>();
    List<Node> nodes = model.graph().nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.outputs().stream().anyMatch(values::contains)) {
        names.add(node.name());
        values.addAll(node.inputs());
      }
    }
    return names;
  }
}
