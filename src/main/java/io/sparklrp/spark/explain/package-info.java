/**
 * The job {@code explain}, for a table, for new files and for a dataset of another program.
 *
 * <p>An action has three steps: plan (all that can be refused is refused here), write, audit.
 */
package io.sparklrp.spark.explain;
