package io.sparklrp.spark;

import io.sparklrp.error.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** Opens the input and checks its columns. */
final class InputTable {
  private final SparkSession session;
  private final ExplainSettings settings;

  InputTable(SparkSession session, ExplainSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * The records, all columns that are kept.
   *
   * @param targetColumn the column that names targets; null for none
   * @param readsImages whether the model reads pictures
   */
  Dataset<Row> open(String targetColumn, boolean readsImages) {
    Dataset<Row> rows = filtered(read());
    if (readsImages) {
      requireColumn(rows, settings.columns().image(), "--image-column");
      requirePicture(rows, settings.columns().image());
    } else {
      requireColumn(rows, settings.columns().text(), "--text-column");
      requireColumn(rows, settings.columns().pair(), "--text-pair-column");
      requireText(rows, settings.columns().text(), "Give a column of text.");
      requireText(rows, settings.columns().pair(), "Give a column of text.");
    }
    requireColumn(rows, settings.columns().id(), "--id-column");
    requireColumn(rows, targetColumn, "--target column:");
    requireText(rows, targetColumn, "Give a column of names or numbers of outputs, or of texts.");
    settings
        .output()
        .partitionBy()
        .forEach(column -> requireColumn(rows, column, "--partition-by"));
    refuseClashes(rows);
    return settings.input().limit() == null ? rows : rows.limit(settings.input().limit());
  }

  private Dataset<Row> read() {
    InputSettings input = settings.input();
    try {
      if (input.table() != null) {
        return session.table(input.table());
      }
      DataFrameReader reader = session.read().format(input.format());
      input.options().forEach(reader::option);
      return reader.load(input.path());
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      throw new UserException(
          String.format(
              "Cannot read %s: %s. Check --input, --input-format and --read-option.",
              input.name(), SparkMessage.of(e)),
          e);
    }
  }

  private Dataset<Row> filtered(Dataset<Row> rows) {
    InputSettings input = settings.input();
    try {
      Dataset<Row> kept = input.where() == null ? rows : rows.where(input.where());
      if (input.columns().isEmpty()) {
        return kept;
      }
      Column[] columns = input.columns().stream().map(functions::col).toArray(Column[]::new);
      return kept.select(columns);
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw new UserException(
            "Cannot read the input: " + SparkMessage.of(e) + ". Check --where and --columns.", e);
      }
      throw e;
    }
  }

  private static void requireColumn(Dataset<Row> rows, String column, String option) {
    if (column != null && !Arrays.asList(rows.columns()).contains(column)) {
      throw new UserException(
          String.format(
              "Cannot explain the input: it has no column '%s' (%s). It has: %s.",
              column, option, String.join(", ", rows.columns())));
    }
  }

  /** Bytes of a file, or a row of Spark's image source. */
  private static void requirePicture(Dataset<Row> rows, String column) {
    DataType type = rows.schema().apply(column).dataType();
    boolean isImage =
        type instanceof StructType struct
            && Set.of(struct.fieldNames())
                .containsAll(Set.of("height", "width", "nChannels", "mode", "data"));
    if (!isImage && !(type instanceof BinaryType)) {
      throw new UserException(
          String.format(
              "Cannot explain column '%s': its type is %s. Read the pictures with --input-format binaryFile or image.",
              column, type.simpleString()));
    }
  }

  /** Numbers and dates have a text; arrays, maps, structs and bytes do not. */
  private static void requireText(Dataset<Row> rows, String column, String remedy) {
    if (column == null) {
      return;
    }
    DataType type = rows.schema().apply(column).dataType();
    if (type instanceof ArrayType
        || type instanceof MapType
        || type instanceof StructType
        || type instanceof BinaryType) {
      throw new UserException(
          String.format(
              "Cannot explain column '%s': its type is %s. %s",
              column, type.simpleString(), remedy));
    }
  }

  private void refuseClashes(Dataset<Row> rows) {
    List<String> ours = settings.output().schema().names();
    String clashes =
        Arrays.stream(rows.columns())
            .filter(column -> ours.stream().anyMatch(column::equalsIgnoreCase))
            .collect(Collectors.joining(", "));
    if (!clashes.isEmpty()) {
      throw new UserException(
          String.format(
              "Cannot explain the input: its columns %s have the names of columns that are added."
                  + " Give --output-prefix.",
              clashes));
    }
  }
}
