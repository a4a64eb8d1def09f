package io.sparklrp.cli;

import io.sparklrp.spark.settings.Limits;
import picocli.CommandLine.Option;

/** How large records and batches may be. */
final class LimitChoice {
  @Option(
      names = "--max-length",
      description = "Most tokens of a record. Default: all that the model takes, 2048 at most.")
  private Integer maxLength;

  @Option(
      names = "--stride",
      description =
          "Cut longer texts into windows of --max-length that share so many tokens, and explain all of them"
              + " together. Default: texts are cut, and say so.")
  private Integer stride;

  @Option(
      names = "--max-pixels",
      defaultValue = "" + Limits.USUAL_PIXELS,
      description =
          "Most pixels of a picture; larger ones are errors of their records. Default: ${DEFAULT-VALUE}.")
  private long maxPixels;

  @Option(
      names = "--batch-tokens",
      description =
          "Most tokens of a batch. Default: "
              + Limits.USUAL_BATCH_TOKENS
              + "; in int8 "
              + Limits.USUAL_BATCH_TOKENS_INT8
              + ".")
  private Integer batchTokens;

  /** The options as settings. */
  Limits settings() {
    Refusal.unless(
        batchTokens == null || batchTokens > 0,
        "--batch-tokens " + batchTokens,
        "it is not positive",
        Integer.toString(Limits.USUAL_BATCH_TOKENS));
    Refusal.unless(
        maxPixels >= 1 && maxPixels <= Limits.MOST_PIXELS,
        "--max-pixels " + maxPixels,
        "it is not from 1 to " + Limits.MOST_PIXELS,
        Long.toString(Limits.USUAL_PIXELS));
    Refusal.unless(
        stride == null || stride >= 0,
        "--stride " + stride,
        "it is negative",
        "a number of tokens, such as 128");
    return Limits.builder()
        .maxLength(maxLength)
        .stride(stride)
        .maxPixels(maxPixels)
        .batchTokens(batchTokens)
        .build();
  }
}
