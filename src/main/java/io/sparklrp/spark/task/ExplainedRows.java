package io.sparklrp.spark.task;

import io.sparklrp.attribution.RecordError;
import io.sparklrp.explain.Explained;
import io.sparklrp.spark.settings.OnError;
import io.sparklrp.spark.tally.PartitionTally;
import io.sparklrp.spark.task.RowReader.Carried;
import io.sparklrp.table.RowWriter;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;

/** Rows with what was found of their records, less the errors that are not to come out. */
final class ExplainedRows implements Iterator<InternalRow> {
  private static final int LONGEST_NAME = 100;

  private final Iterator<Explained<Carried>> explained;
  private final RowWriter values;
  private final OnError onError;
  private final PartitionTally tally;
  private Explained<Carried> next;
  private boolean isNew;

  ExplainedRows(
      Iterator<Explained<Carried>> explained,
      RowWriter values,
      OnError onError,
      PartitionTally tally) {
    this.explained = explained;
    this.values = values;
    this.onError = onError;
    this.tally = tally;
  }

  @Override
  public boolean hasNext() {
    while (next == null && explained.hasNext()) {
      Explained<Carried> one = explained.next();
      isNew |= one.isFirst();
      next = isKept(one) ? one : null;
    }
    return next != null;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Explained<Carried> one = next;
    next = null;
    if (isNew) {
      tally.addGiven();
      isNew = false;
    }
    tally.addRow();
    return new JoinedRow(one.carried().columns(), values.of(one.result()));
  }

  /** Whether it comes out; if not, it is counted. */
  private boolean isKept(Explained<Carried> one) {
    if (!(one.result() instanceof RecordError error) || onError == OnError.KEEP) {
      return true;
    }
    if (onError == OnError.FAIL) {
      throw new FailedRecordException(
          values.origin().runId(),
          String.format(
              "Cannot explain record %s: %s Use --on-error keep to go on.",
              name(one.carried()), error.message()));
    }
    if (one.isFirst()) { // a record is left out once, and its other targets with it
      tally.addDropped(error);
      isNew = false;
    }
    return false;
  }

  private static String name(Carried carried) {
    return carried
        .name()
        .codePoints()
        .limit(LONGEST_NAME)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
