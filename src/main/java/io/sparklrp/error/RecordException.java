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

  /**
   * The error of a record at which something threw what nobody expects. Its message names only the
   * exception's class: the exception's own words may hold the record's text.
   *
   * @param what what was done with the record, such as {@code encoding}
   * @param thrown what was thrown; errors of the JVM are not for this
   */
  public static RecordException unexpected(String what, RuntimeException thrown) {
    return new RecordException(
        "unexpected",
        String.format(
            "The record fails at %s with %s. Report it.", what, thrown.getClass().getSimpleName()));
  }

  /** The short name to group by. */
  public String kind() {
    return kind;
  }
}
