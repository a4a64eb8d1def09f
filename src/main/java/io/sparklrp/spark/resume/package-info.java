/**
 * Which records of an input an output holds already, and which are left to be done.
 *
 * <p>Here are questions asked of datasets, all of them answered by Spark's joins: no record is
 * collected. How an output comes to hold whole units of work is the business of {@code commit}.
 */
package io.sparklrp.spark.resume;
