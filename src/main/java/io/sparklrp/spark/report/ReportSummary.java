package io.sparklrp.spark.report;

/**
 * What came of a run of {@code report}.
 *
 * @param output the file
 * @param rows explained rows that it is about
 * @param cards records that it shows
 * @param characters how long it is
 */
public record ReportSummary(String output, long rows, int cards, long characters) {}
