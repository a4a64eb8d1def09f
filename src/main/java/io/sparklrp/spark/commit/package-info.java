/**
 * How what tasks write becomes a part of an output: unit by unit, while a run goes on.
 *
 * <p>Here is what Hadoop's protocol of output committers asks for, and nothing of records or
 * models. What an output holds already, and what is left to do, is the business of {@code resume}.
 */
package io.sparklrp.spark.commit;
