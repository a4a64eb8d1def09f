/**
 * A model on its way to executors: opened, tried on records of its own, and what memory it takes
 * there.
 *
 * <p>What belongs here is what is done once for a job. What executors do with the model is the
 * business of {@code task}.
 */
package io.sparklrp.spark.model;
