/**
 * What tasks count, how it comes to the driver, and what it adds up to.
 *
 * <p>What belongs here: numbers of records, tokens, batches and errors, told so that a task that is
 * tried again is not counted twice. What does not: what is made of them, such as the conditions
 * that a run is held against.
 */
package io.sparklrp.spark.tally;
