/**
 * Passes: rewrite a graph into one that gives the same outputs with less work.
 *
 * <p>A pass knows operators only, not why the graph exists. Each is a class with one public method
 * from graph to graph, and its {@link io.sparklrp.graph.pass.Pass}, which names it. Stages put them
 * in order, and a {@link io.sparklrp.graph.pass.Plan} prints what they did.
 */
package io.sparklrp.graph.pass;
