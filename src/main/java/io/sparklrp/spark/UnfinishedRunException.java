package io.sparklrp.spark;

/**
 * A run ended on the way, and a part of its work is kept. The message says how much, and how to go
 * on; the cause says why it ended.
 */
public final class UnfinishedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfinishedRunException(String message, Exception cause) {
    super(message, cause);
  }
}
