package io.sparklrp.spark;

import io.sparklrp.assembly.Target;
import io.sparklrp.error.RecordException;
import java.util.List;
import org.apache.spark.sql.Row;

/** Takes texts and target out of a row, and finds what is wrong with them. */
final class RecordReader {
  private final ExplainSettings settings;
  private final List<String> labels;
  private final Target target;

  RecordReader(ExplainSettings settings, List<String> labels, Target target) {
    this.settings = settings;
    this.labels = labels;
    this.target = target;
  }

  TextRecord read(Row row) {
    TextRecord record = new TextRecord(row);
    try {
      String text = text(row, settings.textColumn());
      String pair = settings.pairColumn() == null ? null : text(row, settings.pairColumn());
      record.setTexts(text, pair);
      if (target instanceof Target.Column column) {
        Object label = row.get(row.fieldIndex(column.column()));
        record.setTarget(Target.ofRecord(label == null ? null : label.toString(), labels));
      }
    } catch (RecordException e) {
      record.fail(e);
    }
    return record;
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
