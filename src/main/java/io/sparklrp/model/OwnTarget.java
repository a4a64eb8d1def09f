package io.sparklrp.model;

/**
 * What a record itself says of its target: a name or number of an output, or a text that completes
 * it.
 *
 * @param text as it is written; empty where the record says nothing
 * @param type what was written
 */
public record OwnTarget(String text, Type type) {
  /** The record says nothing. */
  public static final OwnTarget NONE = new OwnTarget("", Type.TEXT);

  /** What was written. */
  public enum Type {
    /** A text. */
    TEXT,
    /** A number, such as 5 or 5.0. */
    NUMBER,
    /** A truth value. */
    BOOLEAN
  }

  /** A text. */
  public static OwnTarget ofText(String text) {
    return new OwnTarget(text, Type.TEXT);
  }
}
