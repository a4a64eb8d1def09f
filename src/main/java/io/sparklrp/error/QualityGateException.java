package io.sparklrp.error;

/**
 * A job ran to its end and its result is not good enough to be trusted: a ledger that does not
 * close, or more records with an error than {@code --max-error-rate} allows. The command line ends
 * with exit code 3.
 */
public class QualityGateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception that no other one caused.
   *
   * @param message which gate failed, by how much, and what to do, in one or two lines
   */
  public QualityGateException(String message) {
    super(message);
  }

  /**
   * Creates an exception that another one caused.
   *
   * @param message which gate failed, by how much, and what to do, in one or two lines
   * @param cause what happened underneath; shown only with {@code --verbose}
   */
  public QualityGateException(String message, Throwable cause) {
    super(message, cause);
  }
}
