package io.sparklrp.spark.task;

import java.util.Iterator;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Rows of a partition as they come, and what is made of each.
 *
 * @param rows the rows
 * @param made makes it
 */
record MappedRows<T>(Iterator<InternalRow> rows, Function<InternalRow, T> made)
    implements Iterator<T> {
  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public T next() {
    return made.apply(rows.next());
  }
}
