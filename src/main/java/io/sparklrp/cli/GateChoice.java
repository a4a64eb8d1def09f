package io.sparklrp.cli;

import io.sparklrp.spark.settings.GateSettings;
import io.sparklrp.spark.settings.OnError;
import picocli.CommandLine.Option;

/** What becomes of records that cannot be explained, and how many of them are borne. */
final class GateChoice {
  @Option(names = "--on-error", description = "keep, drop or fail. Default: keep.")
  private OnError onError = OnError.USUAL;

  @Option(
      names = "--max-error-rate",
      description = "Exit with 3 if a larger share of records fails.")
  private Double maxErrorRate;

  @Option(
      names = "--max-truncated-rate",
      description = "Exit with 3 if the text of a larger share of rows is cut.")
  private Double maxTruncatedRate;

  @Option(
      names = "--verify-sample",
      paramLabel = "N",
      defaultValue = "" + GateSettings.SAMPLE,
      description =
          "Make so many rows again from the output, each by itself, and exit with 3 if one differs; 0 for none."
              + " Default: ${DEFAULT-VALUE}.")
  private int sample;

  /** The options as settings. */
  GateSettings settings() {
    checkShare("--max-error-rate", maxErrorRate);
    checkShare("--max-truncated-rate", maxTruncatedRate);
    Refusal.unless(sample >= 0, "--verify-sample " + sample, "it is negative", "a number of rows");
    return GateSettings.builder()
        .onError(onError)
        .maxErrorRate(maxErrorRate)
        .maxTruncatedRate(maxTruncatedRate)
        .sample(sample)
        .build();
  }

  private static void checkShare(String option, Double share) {
    Refusal.unless(
        share == null || (share >= 0 && share <= 1),
        option + " " + share,
        "it is no share",
        "a number from 0 to 1");
  }
}
