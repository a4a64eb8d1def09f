/**
 * What comes out for one record, in plain Java: prediction, target, relevance of tokens and words,
 * ledger, or an error.
 *
 * <p>Here belongs the meaning of the output's columns; their Spark types are in {@code table}.
 */
package io.sparklrp.attribution;
