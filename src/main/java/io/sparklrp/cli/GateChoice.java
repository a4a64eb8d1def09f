package io.sparklrp.cli;

import io.sparklrp.spark.GateSettings;
import io.sparklrp.spark.OnError;
import picocli.CommandLine.Option;

/** What becomes of records that cannot be explained, and how many of them are borne. */
final class GateChoice {
  @Option(names = "--on-error", description = "keep, drop or fail. Default: keep.")
  private OnError onError = OnError.USUAL;

  @Option(
      names = "--max-error-rate",
      description = "Exit with 3 if a larger share of records fails.")
  private Double maxErrorRate;

  /** The options as settings. */
  GateSettings settings() {
    Refusal.unless(
        maxErrorRate == null || (maxErrorRate >= 0 && maxErrorRate <= 1),
        "--max-error-rate " + maxErrorRate,
        "it is no share",
        "a number from 0 to 1");
    return GateSettings.builder().onError(onError).maxErrorRate(maxErrorRate).build();
  }
}
