/**
 * The jobs on Spark, a package each, and what they share: {@code settings}, {@code input}, {@code
 * spread} (rows over tasks), {@code model}, {@code task}, {@code tally}, {@code output}, {@code
 * job}. No class stands here itself.
 *
 * <p>Only Spark's Java API is used, and no Scala type, so that one jar runs on Spark 4.1 and 3.5.
 * Rows go through tasks in Spark's own form ({@code InternalRow}): what is only carried is never
 * turned into Java objects, of which some hold less.
 *
 * <p>Record text is never logged.
 */
package io.sparklrp.spark;
