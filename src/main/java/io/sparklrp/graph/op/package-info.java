/**
 * One class for each operator: its shapes, its arithmetic of sizes, how constants and slices pass
 * through it, and what it does.
 *
 * <p>What belongs here: all that is true of an operator wherever it is used. What does not: rules
 * of relevance, patterns of several operators, and how a file writes an operator.
 */
package io.sparklrp.graph.op;
