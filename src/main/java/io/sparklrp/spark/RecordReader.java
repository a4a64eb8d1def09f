package io.sparklrp.spark;

import io.sparklrp.assembly.OutputNames;
import io.sparklrp.assembly.Target;
import io.sparklrp.assembly.TokenId;
import io.sparklrp.error.RecordException;
import org.apache.spark.sql.Row;

/** Takes texts, or a picture, and the target out of a row, and finds what is wrong with them. */
final class RecordReader {
  private final ExplainSettings settings;
  private final BroadcastModel model;
  private final TextColumns columns;
  private final OutputNames names;

  RecordReader(ExplainSettings settings, BroadcastModel model, TextColumns columns) {
    this.settings = settings;
    this.model = model;
    this.columns = columns;
    this.names = new OutputNames(model.labels());
  }

  InputRecord read(Row row) {
    InputRecord record = new InputRecord(columns.own(row));
    try {
      if (model.readsImages()) {
        record.setPicture(picture(row));
      } else {
        readTexts(row, record);
      }
      readTarget(row, record);
    } catch (RecordException e) {
      record.fail(e);
    } catch (RuntimeException e) {
      record.fail(RecordException.unexpected("reading its columns", e));
    }
    return record;
  }

  private void readTexts(Row row, InputRecord record) throws RecordException {
    String text = text(row, settings.textColumn());
    String pair = settings.pairColumn() == null ? null : text(row, settings.pairColumn());
    record.setTexts(text, pair);
  }

  private void readTarget(Row row, InputRecord record) throws RecordException {
    if (model.target() instanceof Target.Completion completion) {
      record.setLabel(text(row, completion.column()));
    }
    if (model.target() instanceof Target.Column column) {
      Object value = label(row, column.column());
      String written = columns.text(row, column.column());
      if (model.readsWords()) {
        record.setLabel(value instanceof Number ? TokenId.written(written) : written);
      } else {
        record.setTarget(
            value instanceof Boolean truth ? names.ofRecord(truth) : names.ofRecord(written));
      }
    }
  }

  /** What names the record's target; tables that know no null have NaN for it. */
  private static Object label(Row row, String column) throws RecordException {
    Object value = row.get(row.fieldIndex(column));
    boolean isNone =
        value == null
            || (value instanceof Double number && number.isNaN())
            || (value instanceof Float single && single.isNaN());
    if (isNone) {
      throw new RecordException(
          "target-missing",
          "Column " + column + " is " + (value == null ? "null" : "NaN") + ": it names no target.");
    }
    return value;
  }

  private Object picture(Row row) throws RecordException {
    Object value = row.get(row.fieldIndex(settings.imageColumn()));
    if (value == null) {
      throw new RecordException("image-missing", "Column " + settings.imageColumn() + " is null.");
    }
    return value;
  }

  private String text(Row row, String column) throws RecordException {
    String text = columns.text(row, column);
    if (text == null) {
      throw new RecordException("text-missing", "Column " + column + " is null.");
    }
    if (text.isBlank()) {
      throw new RecordException("text-blank", "Column " + column + " is empty or blank.");
    }
    return text;
  }
}
