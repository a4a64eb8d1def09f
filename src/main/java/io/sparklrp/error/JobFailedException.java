package io.sparklrp.error;

/**
 * A job was well asked for and failed while it ran: input that could not be read, a lost cluster,
 * an engine that gave up. The command line ends with exit code 1.
 */
public class JobFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception that no other one caused.
   *
   * @param message what could not be done, why, and what to do, in one or two lines
   */
  public JobFailedException(String message) {
    super(message);
  }

  /**
   * Creates an exception that another one caused.
   *
   * @param message what could not be done, why, and what to do, in one or two lines
   * @param cause what happened underneath; shown only with {@code --verbose}
   */
  public JobFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
