/**
 * What is asked of a job: options as data, checked when they are made.
 *
 * <p>What belongs here: what each command and the library call ask for, and what is shared by
 * several. What does not: whatever reads a table or a model.
 */
package io.sparklrp.spark.settings;
