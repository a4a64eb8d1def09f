/**
 * Runs several methods on records, and the records with tokens replaced, for what {@code
 * evaluation} makes of the answers. Knows the engine, and nothing of Spark.
 */
package io.sparklrp.explain.evaluate;
