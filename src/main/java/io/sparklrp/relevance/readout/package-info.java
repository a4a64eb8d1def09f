/**
 * Read-outs: how one number a token is made of what a forward pass, and the walk back through it,
 * left behind.
 *
 * <p>One class for each way to read. A read-out sees attention weights, and gradients where there
 * are some, and writes operators; it knows neither rules nor architectures.
 */
package io.sparklrp.relevance.readout;
