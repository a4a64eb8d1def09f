/**
 * The job {@code aggregate}: what rows of an output come to over a whole corpus, one table for each
 * question.
 *
 * <p>What belongs here: tables made of {@link io.sparklrp.spark.aggregate.ExplainedCorpus}, by
 * Spark's operators and sums within partitions. No record is collected, and nothing is held whose
 * size hangs on the number of records. What does not: how outputs are opened and tables are
 * written, which is the business of {@code output}.
 */
package io.sparklrp.spark.aggregate;
