package io.sparklrp.spark.job;

/**
 * A run ended on the way, and a part of its work is kept. The message says how much, and how to go
 * on; the cause says why it ended.
 */
public final class UnfinishedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String runId;

  /**
   * A run that ended.
   *
   * @param message without text of records
   */
  public UnfinishedRunException(String runId, String message, Exception cause) {
    super(message, cause);
    this.runId = runId;
  }

  /** The run's name, which all of its rows have. */
  public String runId() {
    return runId;
  }
}
