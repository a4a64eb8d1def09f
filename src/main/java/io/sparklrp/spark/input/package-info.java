/**
 * Where records come from: files, tables and queries, and the columns that are read of them.
 *
 * <p>What belongs here ends with a dataset. How its rows are dealt to tasks is the business of
 * {@code spread}.
 */
package io.sparklrp.spark.input;
