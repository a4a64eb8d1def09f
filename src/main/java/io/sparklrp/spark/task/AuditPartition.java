package io.sparklrp.spark.task;

import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.OutputRow;
import io.sparklrp.table.RowCheck;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/** What a task does: measure each row by all checks. */
public final class AuditPartition implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;
  private static final int UNKNOWN = -1;

  private final int name;
  private final int texts;

  /**
   * A task for rows of the output's own columns, the record's name and its texts.
   *
   * @param name index of the name
   * @param texts number of texts; -1 where they are not known
   */
  public AuditPartition(int name, int texts) {
    this.name = name;
    this.texts = texts;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    return new MappedRows<>(rows, this::measured);
  }

  private InternalRow measured(InternalRow row) {
    RowCheck[] checks = RowCheck.values();
    Object[] values = new Object[1 + checks.length];
    values[0] = row.isNullAt(name) ? null : row.getUTF8String(name).copy();
    Optional<OutputRow> written = written(row);
    Optional<List<String>> known = texts == UNKNOWN ? Optional.empty() : Optional.of(texts(row));
    for (int i = 0; i < checks.length; i++) {
      RowCheck check = checks[i];
      double unread = check == RowCheck.COLUMNS ? Double.POSITIVE_INFINITY : 0;
      values[1 + i] = written.map(one -> check.of(one, known)).orElse(unread);
    }
    return new GenericInternalRow(values);
  }

  /** Empty where a value is missing that no row lacks. */
  private static Optional<OutputRow> written(InternalRow row) {
    try {
      return Optional.of(ExplainedSchema.fromRow(row, 0));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private List<String> texts(InternalRow row) {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= texts; i++) {
      all.add(row.isNullAt(name + i) ? "" : row.getUTF8String(name + i).toString());
    }
    return all;
  }
}
