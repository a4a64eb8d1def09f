package io.sparklrp.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which directory of tables is written. */
final class DirectoryChoice {
  @Option(names = "--output", required = true, paramLabel = "DIR", description = "Where to write.")
  private String output;

  @Mixin private ModeChoice mode;

  /** Refuses what is wrong with the options. */
  void check() {
    mode.check();
  }

  /** Where it is. */
  String output() {
    return output;
  }

  /** Whether one that is there is overwritten. */
  boolean isOverwritten() {
    return mode.isOverwritten();
  }
}
