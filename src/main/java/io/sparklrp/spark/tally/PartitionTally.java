package io.sparklrp.spark.tally;

import io.sparklrp.attribution.RecordError;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the records of a partition. Told once, at its task's end, with the partition's
 * number, so that a partition that is made twice counts once.
 */
public final class PartitionTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_UNMERGED = 1000;

  private final int partition;
  private final ArrayList<ErrorKind> dropped = new ArrayList<>();
  private long read;
  private long given;
  private long rows;

  /** One of nothing yet. */
  public PartitionTally(int partition) {
    this.partition = partition;
  }

  int partition() {
    return partition;
  }

  /** A record was taken from the input. */
  public void addRead() {
    read++;
  }

  /** A record has its first row. */
  public void addGiven() {
    given++;
  }

  /** A row was handed on to be written. */
  public void addRow() {
    rows++;
  }

  /** A record was left out, as it was asked for. */
  public void addDropped(RecordError error) {
    dropped.add(new ErrorKind(error.kind(), 1, error.message()));
    if (dropped.size() >= MOST_UNMERGED) {
      List<ErrorKind> merged = ErrorKind.merged(dropped.stream());
      dropped.clear();
      dropped.addAll(merged);
    }
  }

  /** All of it. */
  Tally total() {
    return new Tally(read, given, rows, ErrorKind.merged(dropped.stream()));
  }
}
