/**
 * How an input's rows are spread over tasks, and how far these are.
 *
 * <p>What belongs here: the lengths of an input's texts, the work that a model makes of them, and
 * tasks of equal size. What does not: what a task does.
 */
package io.sparklrp.spark.spread;
