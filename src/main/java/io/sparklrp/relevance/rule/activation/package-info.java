/**
 * Activation functions: their derivatives and the closed forms of (f(x) - f(0)) / x, one class
 * each.
 */
package io.sparklrp.relevance.rule.activation;
