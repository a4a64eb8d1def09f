package io.sparklrp.spark.output;

import io.sparklrp.spark.tally.FailedRecords;
import io.sparklrp.spark.tally.RecordCounts;
import java.util.List;

/**
 * What a run did.
 *
 * @param output where it is
 * @param runId the run's name, which all its rows have
 * @param already records of the input that the output held before, which were not done again
 * @param unread files of the input that could not be read
 * @param counts records and rows of the run
 * @param failures why records were not explained, those that did not come out among them
 * @param seconds how long it took
 * @param tokens tokens of all records
 * @param memoryOverheadMib native memory that each executor needs beside its heap
 * @param partitions number of tasks
 * @param notes what a user should know of how the model was read, a sentence each
 * @param gates what its result is held against; none where nothing was done
 */
public record ExplainSummary(
    String output,
    String runId,
    long already,
    List<String> unread,
    RecordCounts counts,
    FailedRecords failures,
    double seconds,
    long tokens,
    long memoryOverheadMib,
    int partitions,
    List<String> notes,
    List<Gate> gates) {
  /** Copies. */
  public ExplainSummary {
    unread = List.copyOf(unread);
    gates = List.copyOf(gates);
    notes = List.copyOf(notes);
  }

  /** The same held against some gates. */
  public ExplainSummary with(List<Gate> judged) {
    return new ExplainSummary(
        output,
        runId,
        already,
        unread,
        counts,
        failures,
        seconds,
        tokens,
        memoryOverheadMib,
        partitions,
        notes,
        judged);
  }

  /** Records that were read. */
  public long recordsIn() {
    return counts.in();
  }

  /** Rows that came out, one for each record and target. */
  public long recordsOut() {
    return counts.out();
  }

  /** Records that were left out as it was asked for. */
  public long dropped() {
    return counts.dropped();
  }

  /** Records that came out with an error. */
  public long errors() {
    return counts.errors();
  }

  /** Records that were explained, whatever number of rows each has. */
  public long explained() {
    return counts.explained();
  }

  /** The largest |residual| over the ledger's scale. */
  public double worstResidual() {
    return counts.output().worstResidual();
  }
}
