/**
 * The relevance compiler: appends the backward relevance pass of a method, and its conservation
 * ledger, to a forward graph.
 *
 * <p>Here belong methods, the kinds of nodes that their rules distinguish, and the walk that
 * applies the rules. Rules know operators, never architectures; nothing here knows checkpoints,
 * files or engines.
 */
package io.sparklrp.relevance;
