/**
 * The job {@code report}: what a page says of an output, section by section.
 *
 * <p>What belongs here: tables of a corpus, and facts of a run, as sections of {@link
 * io.sparklrp.report.Report}. Of each table no more rows are read than are shown. What does not:
 * how outputs are opened, which is the business of {@code output}, and how a page looks.
 */
package io.sparklrp.spark.report;
