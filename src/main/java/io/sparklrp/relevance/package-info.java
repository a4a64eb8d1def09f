/**
 * The relevance compiler: appends the backward relevance pass of a set of rules, and its
 * conservation ledger, to a forward graph.
 *
 * <p>Here belong rules, the kinds of nodes that they distinguish, and the walk that applies the
 * rules. Rules know operators, never architectures; nothing here knows checkpoints, files or
 * engines.
 */
package io.sparklrp.relevance;
