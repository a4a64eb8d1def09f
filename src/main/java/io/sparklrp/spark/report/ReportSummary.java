package io.sparklrp.spark.report;

import java.util.Optional;

/**
 * What came of a run of {@code report}.
 *
 * @param output the file
 * @param rows explained rows that it is about
 * @param cards records that it shows
 * @param characters how long it is
 * @param mistakes how often the model is wrong, a sentence; empty where nobody knows
 */
public record ReportSummary(
    String output, long rows, int cards, long characters, Optional<String> mistakes) {}
