/**
 * The job {@code evaluate}: curves of records, their areas with intervals, and plots.
 *
 * <p>How a curve is made is the business of {@code io.sparklrp.evaluation}; here are its rows,
 * tables and files.
 */
package io.sparklrp.spark.evaluate;
