package io.sparklrp.spark;

import io.sparklrp.assembly.Target;
import io.sparklrp.attribution.RecordError;
import io.sparklrp.error.RecordException;
import io.sparklrp.runtime.EncodedText;
import io.sparklrp.runtime.RecordTargets;
import io.sparklrp.runtime.window.Document;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/** One record on its way through a task: its row, and either what was found so far or its error. */
final class InputRecord {
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
  private final List<Object[]> values = new ArrayList<>();
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

  /** Characters of the texts, or bytes of the picture, for bounding a buffer. */
  long size() {
    long bytes = picture instanceof byte[] file ? file.length : 0;
    return length(text) + length(pair) + bytes;
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

  /** Adds what comes out for a target. */
  void addValues(Object[] found) {
    values.add(found);
  }

  /** What comes out, a row for each target. */
  List<Object[]> values() {
    return values;
  }
}
