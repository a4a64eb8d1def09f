package io.sparklrp.error;

/**
 * One record cannot be explained; the job goes on, and the record comes out with this as its error.
 */
public class RecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String kind;

  /**
   * A record's error.
   *
   * @param kind a short name to group by, such as {@code text-missing}
   * @param message what is wrong, without the record's text
   */
  public RecordException(String kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /** The short name to group by. */
  public String kind() {
    return kind;
  }
}
