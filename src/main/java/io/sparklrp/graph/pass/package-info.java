/**
 * Passes: rewrite a graph into one that gives the same outputs with less work.
 *
 * <p>A pass knows operators only, not why the graph exists. Each is a class with one public method
 * from graph to graph.
 */
package io.sparklrp.graph.pass;
