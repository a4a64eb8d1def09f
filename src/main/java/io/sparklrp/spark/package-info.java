/**
 * The jobs on Spark: what is read, how it is spread over tasks, and what is written.
 *
 * <p>Only Spark's Java API is used, and no Scala type, so that one jar runs on Spark 4.1 and 3.5.
 * Rows go through tasks in Spark's own form ({@code InternalRow}): what is only carried is never
 * turned into Java objects, of which some hold less.
 *
 * <p>Record text is never logged.
 */
package io.sparklrp.spark;
