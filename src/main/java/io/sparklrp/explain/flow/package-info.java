/**
 * Attention flow: the most that can flow through the layers of a record's attention weights,
 * computed on their numbers, since no graph of operators can.
 */
package io.sparklrp.explain.flow;
