package io.sparklrp.cli;

import io.sparklrp.spark.settings.DerivedColumn;
import io.sparklrp.spark.settings.InputSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What is read. */
final class InputChoice {
  @Option(
      names = "--input",
      paramLabel = "PATH",
      description = "Files or a directory to read; repeatable, to read several as one.")
  private List<String> inputs = List.of();

  @Option(names = "--input-table", paramLabel = "NAME", description = "A table to read instead.")
  private String inputTable;

  @Option(
      names = "--input-format",
      description =
          "parquet, json, csv, text, ... Without it the ending of --input says so: .csv and .tsv (with names of"
              + " columns in the first line), .json, .jsonl, .orc, ..., also .gz of them; else parquet.")
  private String inputFormat;

  @Option(
      names = "--read-option",
      paramLabel = "K=V",
      description = "An option of Spark's reader; repeatable.")
  private Map<String, String> readOptions = new LinkedHashMap<>();

  @Option(
      names = "--with-column",
      paramLabel = "NAME=SQL",
      description =
          "A column that is made of the others by an expression, before --where; repeatable. It is kept as they are.")
  private Map<String, String> derived = new LinkedHashMap<>();

  @Option(names = "--columns", split = ",", description = "Input columns to keep. Default: all.")
  private List<String> columns = List.of();

  @Option(names = "--where", paramLabel = "SQL", description = "Only records that fulfil this.")
  private String where;

  @Option(names = "--limit", description = "At most so many records.")
  private Integer limit;

  /** Refuses what is wrong with one option or the other. */
  void checkPlace(String command) {
    String first = inputs.isEmpty() ? null : inputs.get(0);
    Refusal.unlessOne(command, first, "--input", inputTable, "--input-table");
  }

  /** The options as settings. */
  InputSettings settings() {
    return settings(limit);
  }

  /** The same without a limit, which is another's to keep. */
  InputSettings unlimited() {
    return settings(null);
  }

  /** Most records; null for all. */
  Integer limit() {
    return limit;
  }

  private InputSettings settings(Integer most) {
    Refusal.unless(
        limit == null || limit >= 0, "--limit " + limit, "it is negative", "a number of records");
    Refusal.unless(
        readOptions.keySet().stream().noneMatch("ignoreCorruptFiles"::equalsIgnoreCase),
        "--read-option ignoreCorruptFiles",
        "records would be lost without a word",
        "--on-error drop, which says which files are left out");
    InputSettings.Builder settings =
        inputs.isEmpty() ? InputSettings.table(inputTable) : InputSettings.files(inputs);
    return settings
        .format(inputFormat)
        .options(readOptions)
        .derived(
            derived.entrySet().stream()
                .map(column -> new DerivedColumn(column.getKey(), column.getValue()))
                .toList())
        .columns(columns)
        .where(where)
        .limit(most)
        .build();
  }
}
