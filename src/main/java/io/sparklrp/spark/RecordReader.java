package io.sparklrp.spark;

import io.sparklrp.error.RecordException;
import io.sparklrp.model.OutputNames;
import io.sparklrp.model.Target;
import io.sparklrp.model.TokenId;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/** Takes texts, or a picture, and the target out of a row, and finds what is wrong with them. */
final class RecordReader {
  private final ExplainSettings settings;
  private final BroadcastModel model;
  private final DataType targets;
  private final OutputNames names;

  RecordReader(ExplainSettings settings, BroadcastModel model, ReadColumns columns) {
    this.settings = settings;
    this.model = model;
    this.targets = columns.target();
    this.names = new OutputNames(model.labels());
  }

  InputRecord read(Row row) {
    InputRecord record = new InputRecord(row);
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
    String text = text(row, settings.columns().text());
    String pair = settings.columns().pair() == null ? null : text(row, settings.columns().pair());
    record.setTexts(text, pair);
  }

  private void readTarget(Row row, InputRecord record) throws RecordException {
    if (model.target() instanceof Target.Completion completion) {
      record.setLabel(text(row, completion.column()));
    }
    if (model.target() instanceof Target.Column column) {
      String label = label(row, column.column());
      if (model.readsWords()) {
        record.setLabel(targets instanceof NumericType ? TokenId.written(label) : label);
      } else {
        record.setTarget(
            targets instanceof BooleanType
                ? names.ofRecord(Boolean.parseBoolean(label))
                : names.ofRecord(label));
      }
    }
  }

  /** What names the record's target; tables that know no null have NaN for it. */
  private String label(Row row, String column) throws RecordException {
    String label = row.getString(row.fieldIndex(column));
    boolean isNaN = targets instanceof NumericType && "NaN".equals(label);
    if (label == null || isNaN) {
      throw new RecordException(
          "target-missing",
          "Column " + column + " is " + (isNaN ? "NaN" : "null") + ": it names no target.");
    }
    return label;
  }

  private Object picture(Row row) throws RecordException {
    Object value = row.get(row.fieldIndex(settings.columns().image()));
    if (value == null) {
      throw new RecordException(
          "image-missing", "Column " + settings.columns().image() + " is null.");
    }
    return value;
  }

  private static String text(Row row, String column) throws RecordException {
    String text = row.getString(row.fieldIndex(column));
    if (text == null) {
      throw new RecordException("text-missing", "Column " + column + " is null.");
    }
    if (text.isBlank()) {
      throw new RecordException("text-blank", "Column " + column + " is empty or blank.");
    }
    return text;
  }
}
