/**
 * The rules: one class for each way to send relevance through an operator.
 *
 * <p>A rule sees one node and a {@link io.sparklrp.relevance.rule.Backward}. To add one, see the
 * steps in {@link io.sparklrp.relevance.rule.Rule}.
 */
package io.sparklrp.relevance.rule;
