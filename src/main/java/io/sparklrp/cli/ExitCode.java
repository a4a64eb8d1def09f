package io.sparklrp.cli;

/** The exit codes that scripts can rely on. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int QUALITY = 3;

  private ExitCode() {}
}
