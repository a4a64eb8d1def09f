package io.sparklrp.spark;

import java.util.List;
import java.util.Map;

/**
 * What a run did.
 *
 * @param output where it is
 * @param recordsIn records that were read
 * @param recordsOut rows that came out, one for each record and target
 * @param dropped records that did not come out
 * @param errors records that came out with an error
 * @param errorKinds how many by kind
 * @param worstResidual the largest |residual| over the ledger's scale
 * @param seconds how long it took
 * @param tokens tokens of all records
 * @param memoryOverheadMib native memory that each executor needs beside its heap
 * @param partitions number of tasks
 * @param notes what a user should know of how the model was read, a sentence each
 */
public record ExplainSummary(
    String output,
    long recordsIn,
    long recordsOut,
    long dropped,
    long errors,
    Map<String, Long> errorKinds,
    double worstResidual,
    double seconds,
    long tokens,
    long memoryOverheadMib,
    int partitions,
    List<String> notes) {
  /** Copies. */
  public ExplainSummary {
    errorKinds = Map.copyOf(errorKinds);
    notes = List.copyOf(notes);
  }

  /** Records that were explained, whatever number of rows each has. */
  public long explained() {
    return recordsIn - dropped - errors;
  }
}
