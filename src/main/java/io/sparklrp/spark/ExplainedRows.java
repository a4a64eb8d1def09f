package io.sparklrp.spark;

import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.RecordException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;

/** Rows with their relevance, in the order they came. At most one buffer of them is in memory. */
final class ExplainedRows implements Iterator<InternalRow> {
  private static final int MOST_RECORDS = 1024;
  private static final long MOST_CHARACTERS = 4_000_000;
  private static final int LONGEST_NAME = 100;

  /** A record, and all its columns. */
  private record Carried(InternalRow columns, InputRecord record) {}

  private final Iterator<InternalRow> rows;
  private final ReadColumns columns;
  private final RecordReader reader;
  private final BufferExplainer explainer;
  private final ExplainSettings settings;
  private final Deque<Supplier<Optional<InternalRow>>> ready = new ArrayDeque<>();
  private final PartitionTally tally;
  private InputRecord given;
  private InternalRow next;

  ExplainedRows(
      Iterator<InternalRow> rows,
      ReadColumns columns,
      RecordReader reader,
      BufferExplainer explainer,
      ExplainSettings settings,
      PartitionTally tally) {
    this.rows = rows;
    this.columns = columns;
    this.reader = reader;
    this.explainer = explainer;
    this.settings = settings;
    this.tally = tally;
  }

  @Override
  public boolean hasNext() {
    while (next == null && (!ready.isEmpty() || rows.hasNext())) {
      if (ready.isEmpty()) {
        List<Carried> buffer = nextBuffer();
        explainer.explain(buffer.stream().map(Carried::record).toList());
        buffer.forEach(this::emit);
      } else {
        next = ready.remove().get().orElse(null);
      }
    }
    return next != null;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    InternalRow row = next;
    next = null;
    tally.addRow();
    return row;
  }

  private List<Carried> nextBuffer() {
    List<Carried> buffer = new ArrayList<>();
    long characters = 0;
    while (rows.hasNext() && buffer.size() < MOST_RECORDS && characters < MOST_CHARACTERS) {
      InternalRow row = rows.next();
      tally.addRead();
      InputRecord record = reader.read(columns.read(row));
      characters += record.size();
      buffer.add(new Carried(columns.carried(row), record));
    }
    return buffer;
  }

  private void emit(Carried carried) {
    if (isKept(carried.record())) {
      carried.record().values().forEach(values -> ready.add(() -> row(carried, values)));
    }
  }

  /** Whether a record comes out; if not, it is counted. */
  private boolean isKept(InputRecord record) {
    if (record.error() == null) {
      return true;
    }
    if (settings.gates().onError() == OnError.FAIL) {
      throw new JobFailedException(
          String.format(
              "Cannot explain record %s: %s Use --on-error keep to go on.",
              name(record), record.error().message()));
    }
    if (settings.gates().onError() == OnError.DROP) {
      tally.addDropped(record.error());
    }
    return settings.gates().onError() == OnError.KEEP;
  }

  /** The values are made only now, and whatever goes wrong with them is the record's error too. */
  private Optional<InternalRow> row(Carried carried, Supplier<InternalRow> values) {
    InputRecord record = carried.record();
    InternalRow made;
    try {
      made = values.get();
    } catch (RuntimeException e) {
      record.fail(RecordException.unexpected("writing its result", e));
      made = explainer.failed(record);
      if (!isKept(record)) {
        return Optional.empty();
      }
    }
    if (record != given) {
      tally.addGiven();
      given = record;
    }
    return Optional.of(new JoinedRow(carried.columns(), made));
  }

  private String name(InputRecord record) {
    Row row = record.row();
    if (settings.columns().id() == null) {
      return "(without id)";
    }
    String id = String.valueOf(row.get(row.fieldIndex(settings.columns().id())));
    return id.codePoints()
        .limit(LONGEST_NAME)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
