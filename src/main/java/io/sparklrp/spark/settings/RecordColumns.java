package io.sparklrp.spark.settings;

import java.io.Serializable;

/**
 * The columns that a record is read from.
 *
 * @param text the text to explain
 * @param pair the second text; null for none
 * @param image the picture, for models of images
 * @param id what messages name a record by; null for nothing
 */
public record RecordColumns(String text, String pair, String image, String id)
    implements Serializable {
  /** The column of texts, unless another is given. */
  public static final String TEXT = "text";

  /** The column of pictures, unless another is given: that of Spark's source of files. */
  public static final String IMAGE = "content";

  /** The usual columns, to be changed. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects columns. */
  public static final class Builder {
    private String text = TEXT;
    private String pair;
    private String image = IMAGE;
    private String id;

    private Builder() {}

    /** The column of texts. */
    public Builder text(String column) {
      this.text = column;
      return this;
    }

    /** The column of second texts. */
    public Builder pair(String column) {
      this.pair = column;
      return this;
    }

    /** The column of pictures. */
    public Builder image(String column) {
      this.image = column;
      return this;
    }

    /** The column that names a record. */
    public Builder id(String column) {
      this.id = column;
      return this;
    }

    /** The columns. */
    public RecordColumns build() {
      return new RecordColumns(text, pair, image, id);
    }
  }
}
