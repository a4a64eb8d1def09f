package io.sparklrp.cli;

import io.sparklrp.spark.settings.OutputSettings;
import io.sparklrp.table.Omission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** What is written. */
final class OutputChoice {
  @Option(names = "--output", paramLabel = "PATH", description = "A directory to write.")
  private String output;

  @Option(names = "--output-table", paramLabel = "NAME", description = "A table to write instead.")
  private String outputTable;

  @Option(
      names = "--output-format",
      defaultValue = OutputSettings.FORMAT,
      description = "Default: ${DEFAULT-VALUE}.")
  private String outputFormat;

  @Option(
      names = "--write-option",
      paramLabel = "K=V",
      description = "An option of Spark's writer; repeatable.")
  private Map<String, String> writeOptions = new LinkedHashMap<>();

  @Option(
      names = "--partition-by",
      split = ",",
      description = "Input columns to make directories of.")
  private List<String> partitionBy = List.of();

  @Option(
      names = "--mode",
      defaultValue = OutputSettings.MODE,
      description = "error, overwrite or append. Default: ${DEFAULT-VALUE}.")
  private String mode;

  @Option(
      names = "--output-prefix",
      defaultValue = OutputSettings.PREFIX,
      description = "Put before the names of added columns.")
  private String prefix;

  @Option(
      names = "--without",
      split = ",",
      description = "Leave out: logits, words, bias-by-layer.")
  private List<String> without = List.of();

  /** Refuses what is wrong with one option or the other. */
  void checkPlace() {
    Refusal.unlessOne("explain", output, "--output", outputTable, "--output-table");
  }

  /** The options as settings. */
  OutputSettings settings() {
    Refusal.unless(
        OutputSettings.MODES.contains(mode),
        "--mode " + mode,
        "there is none of that name",
        "error, overwrite or append");
    OutputSettings.Builder settings =
        output == null ? OutputSettings.table(outputTable) : OutputSettings.files(output);
    return settings
        .format(outputFormat)
        .options(writeOptions)
        .partitionBy(partitionBy)
        .mode(mode)
        .prefix(prefix)
        .without(omissions())
        .build();
  }

  private Set<Omission> omissions() {
    Set<Omission> omissions = EnumSet.noneOf(Omission.class);
    for (String part : without) {
      omissions.add(
          Omission.of(part)
              .orElseThrow(
                  () ->
                      Refusal.of(
                          "--without " + part,
                          "there is no such part",
                          String.join(", ", Omission.ids()))));
    }
    return omissions;
  }
}
