package io.sparklrp.cli;

import picocli.CommandLine.Option;

/** Options of every command. */
final class CommonOptions {
  @Option(names = "--verbose", description = "Print the stack trace of an error.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help.")
  private boolean help;

  /** Whether a stack trace is wanted. */
  boolean isVerbose() {
    return verbose;
  }

  /** Whether only help is wanted. */
  boolean isHelp() {
    return help;
  }
}
