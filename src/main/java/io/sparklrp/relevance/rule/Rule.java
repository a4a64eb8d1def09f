package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;

/**
 * Sends the modified gradient of a node's output to its inputs.
 *
 * <p>How to write a rule:
 *
 * <ol>
 *   <li>Make one class in this package that implements this interface, named after what it does;
 *       cite the paper and the equation.
 *   <li>Read the output's gradient once ({@link Backward#gradient}); write operators with {@link
 *       Backward#ops}, which names them {@code {node}.relevance.{step}}.
 *   <li>Send to every active input ({@link Backward#toInput}); book every additive constant ({@link
 *       Backward#constant}). Of an input that is not active nothing is sent.
 *   <li>Register it: for a linear operator in {@link io.sparklrp.relevance.RuleSet}, for a kind of
 *       node in the treatments of {@code io.sparklrp.method}.
 *   <li>Write one test of the same name: against the interpreter's numbers, and what the rule
 *       conserves.
 * </ol>
 */
public interface Rule {
  /** The rule's name as {@code check-model} prints it: its class's name, in words. */
  default String name() {
    String simple = getClass().getSimpleName();
    String words = simple.endsWith("Rule") ? simple.substring(0, simple.length() - 4) : simple;
    return words.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
  }

  /** Appends what sends the node's relevance on. */
  void propagate(Node node, Backward backward);
}
