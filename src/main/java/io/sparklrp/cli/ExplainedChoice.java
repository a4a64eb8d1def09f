package io.sparklrp.cli;

import io.sparklrp.spark.settings.InputSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which output of {@code explain} is read. */
final class ExplainedChoice {
  @Option(names = "--input", paramLabel = "EXPLAINED", description = "What explain wrote.")
  private String input;

  @Option(names = "--input-table", paramLabel = "NAME", description = "A table that it wrote.")
  private String inputTable;

  @Option(
      names = "--input-format",
      defaultValue = InputSettings.FORMAT,
      description = "The format of its files. Default: ${DEFAULT-VALUE}.")
  private String inputFormat;

  @Option(
      names = "--read-option",
      paramLabel = "K=V",
      description = "An option of Spark's reader; repeatable.")
  private Map<String, String> readOptions = new LinkedHashMap<>();

  /** The options as settings, to be said more of. */
  InputSettings.Builder settings(String command) {
    Refusal.unlessOne(command, input, "--input", inputTable, "--input-table");
    return as(input == null ? InputSettings.table(inputTable) : InputSettings.files(input));
  }

  /** Another output, of the same format. */
  InputSettings other(String path) {
    return as(InputSettings.files(path)).build();
  }

  private InputSettings.Builder as(InputSettings.Builder read) {
    return read.format(inputFormat).options(readOptions);
  }

  /** Whether it is what is read. */
  boolean isAt(String path) {
    return path.equals(input);
  }
}
