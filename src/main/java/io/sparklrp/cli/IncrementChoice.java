package io.sparklrp.cli;

import io.sparklrp.spark.settings.InputSettings;
import picocli.CommandLine.Option;

/** Whether a run goes on with what others did. */
final class IncrementChoice {
  @Option(
      names = "--resume",
      description =
          "Go on with an output that is there: records that it holds for the same model, method, target and"
              + " parameters are not done again.")
  private boolean resume;

  @Option(
      names = "--incremental",
      description = "Explain only files that are new since the last time; needs --checkpoint.")
  private boolean incremental;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "Where --incremental keeps what is done.")
  private String checkpoint;

  /** Whether to go on with an output. */
  boolean resumes() {
    return resume;
  }

  /** Whether only new files are explained. */
  boolean isIncremental() {
    return incremental;
  }

  /** Where it is kept what is done. */
  String checkpoint() {
    return checkpoint;
  }

  /** Refuses what does not go together. */
  void check(InputSettings input, String mode, boolean dryRun) {
    Refusal.unless(
        incremental == (checkpoint != null),
        incremental ? "--incremental" : "--checkpoint",
        "the one needs the other",
        "--incremental --checkpoint DIR");
    Refusal.unless(
        !resume || !mode.equals("overwrite"),
        "--resume with --mode overwrite",
        "the one keeps what the other removes",
        "one of them");
    if (incremental) {
      checkIncremental(input, mode, dryRun);
    }
  }

  private void checkIncremental(InputSettings input, String mode, boolean dryRun) {
    refuse(input.isTable(), "--input-table", "new files are looked for", "--input");
    refuse(
        input.paths().size() > 1,
        "several --input",
        "new files are looked for in one place",
        "one directory, or a pattern");
    refuse(input.limit() != null, "--limit", "all that is new is explained", "--where");
    refuse(mode.equals("overwrite"), "--mode overwrite", "what is new is added", "--mode append");
    refuse(resume, "--resume", "it goes on by itself", "one of them");
    refuse(dryRun, "--dry-run", "only a run knows what is new", "it without --incremental");
  }

  private static void refuse(boolean isGiven, String option, String reason, String instead) {
    Refusal.unless(!isGiven, option + " with --incremental", reason, instead);
  }
}
