package io.sparklrp.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** What becomes of an output that is there already. */
final class ModeChoice {
  private static final String OVERWRITE = "overwrite";

  @Option(
      names = "--mode",
      paramLabel = "error|overwrite",
      defaultValue = "error",
      description = "What to do where there is an output already. Default: ${DEFAULT-VALUE}.")
  private String mode;

  /** Refuses what is wrong with the option. */
  void check() {
    Refusal.unless(
        List.of("error", OVERWRITE).contains(mode),
        "--mode " + mode,
        "there is none of that name",
        "error or overwrite");
  }

  /** Whether one that is there is overwritten. */
  boolean isOverwritten() {
    return mode.equals(OVERWRITE);
  }
}
