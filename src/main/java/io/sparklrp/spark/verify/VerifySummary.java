package io.sparklrp.spark.verify;

import io.sparklrp.spark.output.Gate;
import java.util.List;

/**
 * What was found of an output.
 *
 * @param output its name
 * @param rows rows that were looked at
 * @param runs runs that wrote them
 * @param sampled rows that were made again
 * @param notes what could not be checked, a sentence each
 * @param gates what the output is held against
 */
public record VerifySummary(
    String output, long rows, int runs, long sampled, List<String> notes, List<Gate> gates) {
  /** Copies. */
  public VerifySummary {
    notes = List.copyOf(notes);
    gates = List.copyOf(gates);
  }
}
