package io.sparklrp.cli;

import io.sparklrp.error.UserException;
import io.sparklrp.model.Precision;
import io.sparklrp.spark.settings.PrecisionSettings;
import picocli.CommandLine.Option;

/** In which numbers is computed. */
final class PrecisionChoice {
  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "float32",
      description =
          "float32; mixed: relevance in int8, predictions and scores as in float32; int8: both. Default:"
              + " ${DEFAULT-VALUE}.")
  private String precision;

  @Option(
      names = "--max-deviation",
      paramLabel = "SHARE",
      description =
          "Refuse mixed and int8 where, on a sample, a record's relevance is farther from float32 than this share of"
              + " its sum|R|, or a larger share of records changes its class. Default: ${DEFAULT-VALUE}.")
  private double maxDeviation = PrecisionSettings.MAX_DEVIATION;

  /**
   * The options as settings.
   *
   * @throws UserException if there is no such precision, or the bound is no share
   */
  PrecisionSettings settings() {
    Precision chosen =
        Precision.named(precision)
            .orElseThrow(
                () ->
                    Refusal.of(
                        "--precision " + precision,
                        "there is no such precision",
                        Precision.names()));
    Refusal.unless(
        maxDeviation > 0 && maxDeviation < Double.POSITIVE_INFINITY,
        "--max-deviation " + maxDeviation,
        "it is no share",
        "a number above 0, such as 0.1");
    return new PrecisionSettings(chosen, maxDeviation);
  }
}
