package io.sparklrp.spark;

import io.sparklrp.assembly.Target;
import io.sparklrp.error.RecordException;
import org.apache.spark.sql.Row;

/** Takes texts, or a picture, and the target out of a row, and finds what is wrong with them. */
final class RecordReader {
  private final ExplainSettings settings;
  private final BroadcastModel model;

  RecordReader(ExplainSettings settings, BroadcastModel model) {
    this.settings = settings;
    this.model = model;
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
      Object value = row.get(row.fieldIndex(column.column()));
      String label = value == null ? null : value.toString();
      record.setLabel(label);
      if (!model.readsWords()) {
        record.setTarget(Target.ofRecord(label, model.labels()));
      }
    }
  }

  private Object picture(Row row) throws RecordException {
    Object value = row.get(row.fieldIndex(settings.imageColumn()));
    if (value == null) {
      throw new RecordException("image-missing", "Column " + settings.imageColumn() + " is null.");
    }
    return value;
  }

  private static String text(Row row, String column) throws RecordException {
    Object value = row.get(row.fieldIndex(column));
    if (value == null) {
      throw new RecordException("text-missing", "Column " + column + " is null.");
    }
    String text = value.toString();
    if (text.isBlank()) {
      throw new RecordException("text-blank", "Column " + column + " is empty or blank.");
    }
    return text;
  }
}
