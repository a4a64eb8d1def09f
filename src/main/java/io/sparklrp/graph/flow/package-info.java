/**
 * What the values of a graph depend on, beside what a record holds.
 *
 * <p>What belongs here: analyses of a whole graph that change nothing. What does not: passes, and
 * anything that runs the graph.
 */
package io.sparklrp.graph.flow;
