/**
 * Documents longer than a model reads: overlapping windows of their tokens, what is run of them,
 * and one result made of theirs. A document's class is the highest of the mean of its windows'
 * outputs; score, relevance and ledger are means over the windows too, so that they add up as those
 * of a single run do. What concerns single tokens is explained in one window.
 */
package io.sparklrp.explain.window;
