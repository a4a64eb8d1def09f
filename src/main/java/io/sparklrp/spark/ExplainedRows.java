package io.sparklrp.spark;

import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.RecordException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rows with their relevance, in the order they came. At most one buffer of them is in memory. */
final class ExplainedRows implements Iterator<Row> {
  private static final int MOST_RECORDS = 1024;
  private static final long MOST_CHARACTERS = 4_000_000;
  private static final int LONGEST_NAME = 100;

  private final Iterator<Row> rows;
  private final RecordReader reader;
  private final BufferExplainer explainer;
  private final ExplainSettings settings;
  private final Deque<Supplier<Optional<Row>>> ready = new ArrayDeque<>();
  private Row next;

  ExplainedRows(
      Iterator<Row> rows,
      RecordReader reader,
      BufferExplainer explainer,
      ExplainSettings settings) {
    this.rows = rows;
    this.reader = reader;
    this.explainer = explainer;
    this.settings = settings;
  }

  @Override
  public boolean hasNext() {
    while (next == null && (!ready.isEmpty() || rows.hasNext())) {
      if (ready.isEmpty()) {
        List<InputRecord> buffer = nextBuffer();
        explainer.explain(buffer);
        buffer.forEach(this::emit);
      } else {
        next = ready.remove().get().orElse(null);
      }
    }
    return next != null;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Row row = next;
    next = null;
    return row;
  }

  private List<InputRecord> nextBuffer() {
    List<InputRecord> buffer = new ArrayList<>();
    long characters = 0;
    while (rows.hasNext() && buffer.size() < MOST_RECORDS && characters < MOST_CHARACTERS) {
      InputRecord record = reader.read(rows.next());
      characters += record.size();
      buffer.add(record);
    }
    return buffer;
  }

  private void emit(InputRecord record) {
    if (isKept(record)) {
      record.values().forEach(values -> ready.add(() -> row(record, values)));
    }
  }

  /** Whether a record comes out. */
  private boolean isKept(InputRecord record) {
    if (record.error() != null && settings.onError() == OnError.FAIL) {
      throw new JobFailedException(
          String.format(
              "Cannot explain record %s: %s Use --on-error keep to go on.",
              name(record), record.error().message()));
    }
    return record.error() == null || settings.onError() == OnError.KEEP;
  }

  /** The values are made only now, and whatever goes wrong with them is the record's error too. */
  private Optional<Row> row(InputRecord record, Supplier<Object[]> values) {
    Object[] made;
    try {
      made = values.get();
    } catch (RuntimeException e) {
      record.fail(RecordException.unexpected("writing its result", e));
      made = explainer.failed(record);
    }
    return isKept(record) ? Optional.of(joined(record.row(), made)) : Optional.empty();
  }

  private String name(InputRecord record) {
    Row row = record.row();
    if (settings.idColumn() == null) {
      return "(without id)";
    }
    String id = String.valueOf(row.get(row.fieldIndex(settings.idColumn())));
    return id.codePoints()
        .limit(LONGEST_NAME)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Row joined(Row row, Object[] values) {
    Object[] all = new Object[row.size() + values.length];
    Arrays.setAll(all, i -> i < row.size() ? row.get(i) : values[i - row.size()]);
    return RowFactory.create(all);
  }
}
