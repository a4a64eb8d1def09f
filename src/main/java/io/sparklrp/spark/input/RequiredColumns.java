package io.sparklrp.spark.input;

import io.sparklrp.error.Nearest;
import io.sparklrp.error.UserException;
import io.sparklrp.explain.input.InputColumn;
import io.sparklrp.table.ExplainedSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** Checks that records have the columns that are read, of types that can be read. */
public final class RequiredColumns {
  private static final int LONGEST_NAME = 64;
  private static final int MOST_WORDS = 3;
  private static final List<String> SEPARATORS = List.of(",", ";");

  private final Dataset<Row> rows;

  /** Those of a dataset. */
  public RequiredColumns(Dataset<Row> rows) {
    this.rows = rows;
  }

  /**
   * Refuses records that cannot be read.
   *
   * @param read the columns that the model reads
   * @param id the column that names records; null for none
   * @param targetColumn the column that names targets; null for none
   */
  public void check(List<InputColumn> read, String id, String targetColumn) {
    read.forEach(column -> exists(column.name(), column.option()));
    read.forEach(this::isReadable);
    exists(id, "--id-column");
    read.forEach(column -> isNoName(column, id));
    exists(targetColumn, "--target column:");
    isText(targetColumn, "Give a column of names or numbers of outputs, or of texts.");
  }

  /** A picture names nothing. */
  private static void isNoName(InputColumn column, String id) {
    if (column.type() == InputColumn.Type.PICTURE && column.name().equals(id)) {
      throw new UserException(
          String.format(
              "Cannot name records by column '%s': it holds their pictures. Give another --id-column.",
              id));
    }
  }

  /** Refuses a column that is not there. */
  public void exists(String column, String option) {
    if (column != null && !Arrays.asList(rows.columns()).contains(column)) {
      throw new UserException(
          String.format(
              "Cannot explain the input: it has no column '%s' (%s). %s",
              column, option, instead(column)));
    }
  }

  /** Where a record was taken for the line of names, these are its text, which is not told. */
  private static boolean isName(String name) {
    return name.length() <= LONGEST_NAME
        && name.codePoints().noneMatch(point -> Character.getType(point) == Character.CONTROL)
        && name.split(" ").length <= MOST_WORDS;
  }

  private String instead(String missing) {
    List<String> names = List.of(rows.columns());
    String all = names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    if (names.isEmpty()) {
      return "It has none. Check --input-format.";
    }
    if (names.stream().anyMatch(name -> name.contains("\t"))) {
      return "Tabs part what was read as one column: give --read-option 'sep=\\t' (in quotes, for the shell).";
    }
    Optional<String> separator = separator(names);
    if (separator.isPresent()) {
      return String.format(
          "What was read as one column is parted by '%1$s': give --read-option 'sep=%1$s'.",
          separator.get());
    }
    if (!names.stream().allMatch(RequiredColumns::isName)) {
      return String.format(
          "It has %d, not all of which are called as columns are: where no line names them, give --read-option header=false,"
              + " and columns by their places (--text-column _c%d, of _c0 to _c%d).",
          names.size(), names.size() - 1, names.size() - 1);
    }
    if (names.stream().allMatch(name -> name.matches("_c\\d+"))) {
      return String.format(
          "It has: %s. Give --read-option header=true where the first line has the names.", all);
    }
    return Nearest.to(missing, names)
        .map(name -> String.format("Give '%s', or another of: %s.", name, all))
        .orElse("It has: " + all + ".");
  }

  /** What a line of names has in place of the separator that it was read by. */
  private static Optional<String> separator(List<String> names) {
    return names.size() == 1
        ? SEPARATORS.stream()
            .filter(one -> names.get(0).contains(one))
            .filter(
                one -> Arrays.stream(names.get(0).split(one)).allMatch(RequiredColumns::isOneWord))
            .findFirst()
        : Optional.empty();
  }

  private static boolean isOneWord(String name) {
    return name.strip().matches("[\\w-]{1," + LONGEST_NAME + "}");
  }

  private void isReadable(InputColumn column) {
    switch (column.type()) {
      case TEXT -> isText(column.name(), "Give a column of text.");
      case PICTURE -> isPicture(column.name());
    }
  }

  /** Bytes of a file, or a row of Spark's image source. */
  private void isPicture(String column) {
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
  private void isText(String column, String remedy) {
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

  /** Refuses columns that have the names of those that are added. */
  public void refuseClashes(ExplainedSchema schema) {
    List<String> ours = schema.names();
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
