/**
 * What a task does with the rows of its partition.
 *
 * <p>What belongs here runs on executors, beside what takes it there: the model as it is sent, rows
 * in Spark's own form ({@code InternalRow}), so that what is only carried is never turned into Java
 * objects, of which some hold less.
 */
package io.sparklrp.spark.task;
