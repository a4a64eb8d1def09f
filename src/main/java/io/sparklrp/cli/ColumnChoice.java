package io.sparklrp.cli;

import io.sparklrp.spark.settings.RecordColumns;
import picocli.CommandLine.Option;

/** The columns that a record is read from. */
final class ColumnChoice {
  @Option(
      names = "--text-column",
      defaultValue = RecordColumns.TEXT,
      description = "Default: ${DEFAULT-VALUE}.")
  private String textColumn;

  @Option(names = "--text-pair-column", description = "The second text, for models of pairs.")
  private String pairColumn;

  @Option(
      names = "--image-column",
      defaultValue = RecordColumns.IMAGE,
      description = "The column of pictures, for models of images. Default: ${DEFAULT-VALUE}.")
  private String imageColumn;

  @Option(names = "--id-column", description = "What messages name a record by.")
  private String idColumn;

  /** The options as settings. */
  RecordColumns settings() {
    return RecordColumns.builder()
        .text(textColumn)
        .pair(pairColumn)
        .image(imageColumn)
        .id(idColumn)
        .build();
  }
}
