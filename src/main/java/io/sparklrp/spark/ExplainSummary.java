package io.sparklrp.spark;

import java.util.List;

/**
 * What a run did.
 *
 * @param output where it is
 * @param recordsIn records that were read
 * @param recordsOut rows that came out, one for each record and target
 * @param dropped records that did not come out
 * @param errors records that came out with an error
 * @param failures why records were not explained, those that did not come out among them
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
    FailedRecords failures,
    double worstResidual,
    double seconds,
    long tokens,
    long memoryOverheadMib,
    int partitions,
    List<String> notes) {
  /** Copies. */
  public ExplainSummary {
    notes = List.copyOf(notes);
  }

  /** Records that were explained, whatever number of rows each has. */
  public long explained() {
    return recordsIn - dropped - errors;
  }
}
