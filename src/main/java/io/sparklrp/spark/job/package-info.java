/**
 * What goes for any job: its descriptions and messages, what machines it has, what Spark says of
 * it.
 *
 * <p>What belongs here knows neither records nor models. Record text is in no message.
 */
package io.sparklrp.spark.job;
