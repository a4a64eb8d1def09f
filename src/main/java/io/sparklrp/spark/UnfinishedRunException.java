package io.sparklrp.spark;

/**
 * A run ended on the way, and a part of its work is kept. The message says how much, and how to go
 * on; the cause says why it ended.
 */
public final class UnfinishedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnfinishedRunException(String message, Exception cause) {
    super(message, cause);
  }

  /**
   * That of an output.
   *
   * @param cause why the run ended
   * @param what how many records, or rows
   */
  static UnfinishedRunException of(Exception cause, String what, OutputSettings output) {
    return new UnfinishedRunException(
        String.format(
            "%s are kept in %s. Run the same command with --resume%s to go on.",
            what,
            output.name(),
            output.mode().equals("overwrite") ? " in place of --mode overwrite" : ""),
        cause);
  }
}
