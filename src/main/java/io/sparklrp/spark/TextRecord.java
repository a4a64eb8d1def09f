package io.sparklrp.spark;

import io.sparklrp.assembly.Target;
import io.sparklrp.attribution.RecordError;
import io.sparklrp.error.RecordException;
import io.sparklrp.runtime.EncodedText;
import org.apache.spark.sql.Row;

/** One record on its way through a task: its row, and either what was found so far or its error. */
final class TextRecord {
  private final Row row;
  private String text;
  private String pair;
  private EncodedText encoded;
  private int target = Target.NONE;
  private Object[] values;
  private RecordError error;

  TextRecord(Row row) {
    this.row = row;
  }

  Row row() {
    return row;
  }

  void setTexts(String first, String second) {
    this.text = first;
    this.pair = second;
  }

  String text() {
    return text;
  }

  String pair() {
    return pair;
  }

  /** Characters of the texts, for bounding a buffer. */
  long characters() {
    return length(text) + length(pair);
  }

  private static long length(String part) {
    return part == null ? 0 : part.length();
  }

  void setEncoded(EncodedText tokens) {
    this.encoded = tokens;
  }

  EncodedText encoded() {
    return encoded;
  }

  /** The output that the record's own label names. */
  void setTarget(int index) {
    this.target = index;
  }

  int target() {
    return target;
  }

  void fail(RecordException e) {
    this.error = new RecordError(e.kind(), e.getMessage());
  }

  RecordError error() {
    return error;
  }

  void setValues(Object[] found) {
    this.values = found;
  }

  Object[] values() {
    return values;
  }
}
