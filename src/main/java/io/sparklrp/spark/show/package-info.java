/**
 * Rows of an output for people to read, and the job {@code show}.
 *
 * <p>What belongs here: what a record is called, its texts, and what the model said. How that is
 * drawn is the business of whoever draws it.
 */
package io.sparklrp.spark.show;
