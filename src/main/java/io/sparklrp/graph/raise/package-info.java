/**
 * Raises graphs as exporters write them to the operators that rules know: constants are computed,
 * computed shapes resolved, and decomposed patterns, such as LayerNorm, become one operator again.
 *
 * <p>One class for each pattern. A pattern that does not match leaves the graph as it is.
 */
package io.sparklrp.graph.raise;
