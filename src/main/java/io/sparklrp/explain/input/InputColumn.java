package io.sparklrp.explain.input;

import io.sparklrp.error.RecordException;
import java.io.Serializable;

/**
 * A column that records are read from.
 *
 * @param name its name
 * @param option the option that names it
 * @param type what it holds
 */
public record InputColumn(String name, String option, Type type) implements Serializable {
  /** What a column holds. */
  public enum Type {
    /** A text: {@link String}. */
    TEXT,
    /** A picture: {@link io.sparklrp.image.PictureSource}. */
    PICTURE
  }

  /** A column of texts. */
  static InputColumn ofText(String name, String option) {
    return new InputColumn(name, option, Type.TEXT);
  }

  /**
   * The text of a record.
   *
   * @throws RecordException if there is none
   */
  String text(Object value) throws RecordException {
    String text = (String) value;
    if (text == null) {
      throw new RecordException("text-missing", "Column " + name + " is null.");
    }
    if (text.isBlank()) {
      throw new RecordException("text-blank", "Column " + name + " is empty or blank.");
    }
    return text;
  }
}
