/**
 * What is written and read again: rows, the manifest beside them, and how both say that they were
 * made.
 *
 * <p>What belongs here: outputs as tables, what is stored of their runs, and whether their rows
 * hold together. What does not: how rows are made.
 */
package io.sparklrp.spark.output;
