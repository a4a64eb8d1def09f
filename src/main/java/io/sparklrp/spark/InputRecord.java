package io.sparklrp.spark;

import io.sparklrp.assembly.Target;
import io.sparklrp.attribution.RecordError;
import io.sparklrp.error.RecordException;
import io.sparklrp.runtime.EncodedText;
import io.sparklrp.runtime.RecordTargets;
import io.sparklrp.runtime.window.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** One record on its way through a task: its row, and either what was found so far or its error. */
final class InputRecord {
  /** A picture as the model's input: some 224 x 224 pixels of 12 bytes, in units of characters. */
  private static final long PICTURE = 100_000;

  private final Row row;
  private String text;
  private String pair;
  private String label;
  private Object picture;
  private EncodedText encoded;
  private int target = Target.NONE;
  private RecordTargets asked = RecordTargets.NONE;
  private float[] seed;
  private Document document;
  private final List<Supplier<InternalRow>> values = new ArrayList<>();
  private boolean secondTruncated;
  private RecordError error;

  InputRecord(Row row) {
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

  /** The second text; null for none. */
  String pair() {
    return pair;
  }

  /** What the record's own target, or completion, is written as. */
  void setLabel(String written) {
    this.label = written;
  }

  String label() {
    return label;
  }

  /** The bytes of an image file, or a row of Spark's image source. */
  void setPicture(Object stored) {
    this.picture = stored;
  }

  Object picture() {
    return picture;
  }

  /** Characters of the texts, or what a picture takes, for bounding a buffer. */
  long size() {
    return picture == null ? length(text) + length(pair) : PICTURE + pictureBytes();
  }

  private long pictureBytes() {
    if (picture instanceof Row row && !row.isNullAt(row.fieldIndex("data"))) {
      return row.<byte[]>getAs("data").length;
    }
    return picture instanceof byte[] file ? file.length : 0;
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

  void setAsked(RecordTargets targets) {
    this.asked = targets;
  }

  RecordTargets asked() {
    return asked;
  }

  /** Weights of all outputs, where the model is seeded. */
  void setSeed(float[] weights) {
    this.seed = weights;
  }

  float[] seed() {
    return seed;
  }

  /** The record's windows, where texts are read in windows. */
  void setDocument(Document windows) {
    this.document = windows;
  }

  Document document() {
    return document;
  }

  void fail(RecordException e) {
    this.error = new RecordError(e.kind(), e.getMessage());
    values.clear();
  }

  RecordError error() {
    return error;
  }

  /** The second text was longer than what is read of it. */
  void setSecondTruncated() {
    this.secondTruncated = true;
  }

  boolean isSecondTruncated() {
    return secondTruncated;
  }

  /** Adds what comes out for a target. */
  void addValues(Supplier<InternalRow> found) {
    values.add(found);
  }

  /** What comes out, a row for each target, made when it is asked for. */
  List<Supplier<InternalRow>> values() {
    return values;
  }
}
