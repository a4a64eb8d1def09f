package io.sparklrp.method;

import io.sparklrp.relevance.NodeKind;
import io.sparklrp.relevance.rule.Rule;
import java.util.Map;

/**
 * What a gradient method does at one kind of place in a model, such as attention.
 *
 * @param words the same in words, for the table of methods
 * @param rules the rules of all kinds of nodes of such a place
 */
public record Treatment(String words, Map<NodeKind, Rule> rules) {
  /** Copies. */
  public Treatment {
    rules = Map.copyOf(rules);
  }
}
