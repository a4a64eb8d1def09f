package io.sparklrp.spark.output;

import io.sparklrp.table.Provenance;

/**
 * A run that wrote rows of an output.
 *
 * @param id its name; null where rows have none
 * @param rows how many
 * @param errors how many of them have an error
 * @param foreign how many of them name another method or model than the run's
 * @param provenance how they were made; null where nothing says so
 */
public record WrittenRun(String id, long rows, long errors, long foreign, Provenance provenance) {}
