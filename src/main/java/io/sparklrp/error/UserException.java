package io.sparklrp.error;

/**
 * What was asked for cannot be done as asked: wrong usage, bad configuration, an unusable model or
 * a missing column. The user can mend it; the command line ends with exit code 2.
 */
public class UserException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception that no other one caused.
   *
   * @param message what could not be done, why, and what to do, in one or two lines
   */
  public UserException(String message) {
    super(message);
  }

  /**
   * Creates an exception that another one caused.
   *
   * @param message what could not be done, why, and what to do, in one or two lines
   * @param cause what happened underneath; shown only with {@code --verbose}
   */
  public UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
