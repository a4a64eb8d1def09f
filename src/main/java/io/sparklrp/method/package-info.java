/**
 * The methods: what each needs of a model's graph, and how one number a token is made of it.
 *
 * <p>Here belong what a method is, and the list of those that can be chosen. Rules, and the passes
 * that follow them, are in {@code relevance}, which knows no method.
 */
package io.sparklrp.method;
