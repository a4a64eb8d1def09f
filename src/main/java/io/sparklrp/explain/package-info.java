/**
 * The core, without Spark: records in, explanations out. Encodes records, packs them into batches,
 * runs these and makes one result of each record, whatever shared its batch.
 *
 * <p>A record's own failure is its own, whoever threw it. Record text is never logged.
 */
package io.sparklrp.explain;
