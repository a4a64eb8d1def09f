package io.sparklrp.spark.tally;

/**
 * The records and rows of a run, counted in the input, by its tasks, and in the output.
 *
 * @param planned records that were counted in the input
 * @param tally what became of them, as the tasks tell
 * @param output what the output holds of this run
 */
public record RecordCounts(long planned, Tally tally, OutputCounts output) {
  /** Records that were read. */
  public long in() {
    return Math.max(planned, tally.read());
  }

  /** Rows that came out. */
  public long out() {
    return output.records();
  }

  /** Records that came out with an error. */
  public long errors() {
    return output.failed();
  }

  /** Records that were left out as it was asked for. */
  public long dropped() {
    return ErrorKind.records(tally.dropped());
  }

  /** Records that did not get into a task, or did not come out of it. */
  public long lost() {
    return Math.max(0, in() - tally.given() - dropped());
  }

  /** Rows that tasks made and the output does not hold; negative where it holds more of them. */
  public long lostRows() {
    return tally.rows() - out();
  }

  /** Records that were explained, whatever number of rows each has. */
  public long explained() {
    long explainedRows = out() - errors();
    return Math.max(0, Math.min(in() - dropped() - errors() - lost(), explainedRows));
  }
}
