package io.sparklrp.spark.task;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.Source;
import io.sparklrp.explain.input.InputKind;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.model.OwnTarget;
import io.sparklrp.model.Target;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/**
 * Takes a record, and what it says of its target, out of a row, and finds what is wrong with it.
 */
public final class RowReader {
  private final ReadColumns columns;
  private final InputKind kind;
  private final Target target;
  private final boolean isNamed;

  /**
   * A reader.
   *
   * @param isNamed whether what messages call a record by is its own name
   */
  public RowReader(ReadColumns columns, InputKind kind, Target target, boolean isNamed) {
    this.columns = columns;
    this.kind = kind;
    this.target = target;
    this.isNamed = isNamed;
  }

  /**
   * What is kept of a row until its record is explained.
   *
   * @param columns all of its columns, as they are
   * @param name what names the record
   */
  public record Carried(InternalRow columns, String name) {}

  /** The record of a row; what cannot be read of it is its error. */
  public Source<Carried> read(InternalRow row) {
    Optional<String> name = columns.id(row);
    Carried carried = new Carried(columns.carried(row), name.orElse("(without id)"));
    long bytes = carried.columns() instanceof UnsafeRow kept ? kept.getSizeInBytes() : 0;
    return new Source<>(carried, bytes, isNamed ? name : Optional.empty(), outcome(row));
  }

  private Outcome<InputRecord> outcome(InternalRow row) {
    try {
      return Outcome.of(record(row));
    } catch (RecordException e) {
      return Outcome.failed(e);
    } catch (RuntimeException e) {
      return Outcome.failed(RecordException.unexpected("reading its columns", e));
    }
  }

  private InputRecord record(InternalRow row) throws RecordException {
    InputRecord record = kind.read(columns.values(row));
    return columns.ofTarget().isEmpty() ? record : record.with(own(row));
  }

  private OwnTarget own(InternalRow row) throws RecordException {
    String written = columns.target(row);
    String name = columns.ofTarget().orElseThrow();
    if (target instanceof Target.Completion) {
      return completion(written, name);
    }
    boolean isNumber = columns.target() instanceof NumericType;
    boolean isNaN = isNumber && "NaN".equals(written);
    if (written == null || isNaN) {
      throw new RecordException(
          "target-missing",
          "Column " + name + " is " + (isNaN ? "NaN" : "null") + ": it names no target.");
    }
    return new OwnTarget(written, type(columns.target()));
  }

  private static OwnTarget completion(String written, String name) throws RecordException {
    if (written == null) {
      throw new RecordException("text-missing", "Column " + name + " is null.");
    }
    if (written.isBlank()) {
      throw new RecordException("text-blank", "Column " + name + " is empty or blank.");
    }
    return OwnTarget.ofText(written);
  }

  private static OwnTarget.Type type(DataType type) {
    if (type instanceof NumericType) {
      return OwnTarget.Type.NUMBER;
    }
    return type instanceof BooleanType ? OwnTarget.Type.BOOLEAN : OwnTarget.Type.TEXT;
  }
}
