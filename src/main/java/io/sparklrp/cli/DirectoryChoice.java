package io.sparklrp.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Which directory of tables is written. */
final class DirectoryChoice {
  private static final String OVERWRITE = "overwrite";

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "Where to write.")
  private String output;

  @Option(
      names = "--mode",
      paramLabel = "error|overwrite",
      defaultValue = "error",
      description = "What to do where there is an output already. Default: ${DEFAULT-VALUE}.")
  private String mode;

  /** Refuses what is wrong with the options. */
  void check() {
    Refusal.unless(
        List.of("error", OVERWRITE).contains(mode),
        "--mode " + mode,
        "there is none of that name",
        "error or overwrite");
  }

  /** Where it is. */
  String output() {
    return output;
  }

  /** Whether one that is there is overwritten. */
  boolean isOverwritten() {
    return mode.equals(OVERWRITE);
  }
}
