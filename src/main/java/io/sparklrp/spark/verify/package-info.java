/**
 * The job {@code verify}: whether an output is whole, and what its models say now.
 *
 * <p>A sample of rows that are made again is here too, since {@code explain} ends with one.
 */
package io.sparklrp.spark.verify;
