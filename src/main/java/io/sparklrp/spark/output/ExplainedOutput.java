package io.sparklrp.spark.output;

import io.sparklrp.error.QualityGateException;
import io.sparklrp.error.UserException;
import io.sparklrp.spark.input.InputReader;
import io.sparklrp.spark.settings.InputSettings;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.Provenance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * An output of {@code explain} that is read again.
 *
 * @param settings where it is
 * @param rows its rows
 * @param schema the columns that were added
 * @param manifest what lies beside it; empty where nothing does
 */
public record ExplainedOutput(
    InputSettings settings,
    Dataset<Row> rows,
    ExplainedSchema schema,
    Optional<StoredManifest> manifest) {
  private static final String REMEDY =
      "Give the directory that explain wrote as --input, and --input-format where it is not of Parquet.";

  /** Formats that keep no types: what is read is told them. */
  private static final Set<String> WITHOUT_TYPES = Set.of("json", "csv", "xml");

  /**
   * Opens it.
   *
   * @throws UserException if it cannot be read, or is none
   * @throws QualityGateException if its columns are not those that are written
   */
  public static ExplainedOutput open(SparkSession session, InputSettings settings) {
    Dataset<Row> rows = InputReader.read(session, settings, Optional.empty(), REMEDY);
    ExplainedSchema schema =
        ExplainedSchema.among(rows.schema())
            .orElseThrow(
                () ->
                    new UserException(
                        String.format(
                            "Cannot read %s: it is no output of explain, since it has no column run_id. Give what explain"
                                + " wrote as --input.",
                            settings.name())));
    if (!settings.isTable() && WITHOUT_TYPES.contains(settings.format())) {
      rows = InputReader.read(session, settings, Optional.of(typed(rows.schema(), schema)), REMEDY);
    }
    checkTypes(rows.schema(), schema, settings);
    Optional<StoredManifest> manifest =
        settings.isTable()
            ? Optional.empty()
            : StoredManifest.in(settings.path(), session.sparkContext().hadoopConfiguration());
    return new ExplainedOutput(settings, rows, schema, manifest);
  }

  /** Columns of the input as they are found, and ours as they are written. */
  private static StructType typed(StructType found, ExplainedSchema schema) {
    List<String> ours = schema.names();
    StructType types = new StructType();
    for (StructField field : found.fields()) {
      types = ours.contains(field.name()) ? types : types.add(field);
    }
    for (StructField field : schema.columns().fields()) {
      types = types.add(field);
    }
    return types;
  }

  private static void checkTypes(StructType found, ExplainedSchema schema, InputSettings settings) {
    String wrong =
        Arrays.stream(schema.columns().fields())
            .filter(field -> !isAsWritten(found, field))
            .map(StructField::name)
            .collect(Collectors.joining(", "));
    if (!wrong.isEmpty()) {
      throw new QualityGateException(
          String.format(
              "Cannot accept %s: its columns %s are missing or of other types than explain writes. Look at its schema.",
              settings.name(), wrong));
    }
  }

  private static boolean isAsWritten(StructType found, StructField field) {
    return Arrays.stream(found.fields())
        .filter(one -> one.name().equals(field.name()))
        .anyMatch(one -> one.dataType().catalogString().equals(field.dataType().catalogString()));
  }

  /** How it was made, as its columns or the manifest say; empty where neither does. */
  public Optional<Provenance> provenance() {
    return schema.provenance(rows.schema()).or(() -> manifest.map(StoredManifest::provenance));
  }

  /** The texts of records, by segment, where the output has kept all of them. */
  public Optional<List<Column>> texts(Recipe recipe) {
    return texts(recipe.textColumns(), recipe.completion());
  }

  /** The texts of some columns; a completion follows the first. */
  public Optional<List<Column>> texts(List<String> columns, Optional<String> completion) {
    boolean areThere = Stream.concat(columns.stream(), completion.stream()).allMatch(this::has);
    return areThere ? Optional.of(RowAudit.texts(columns, completion)) : Optional.empty();
  }

  /** Its name for messages. */
  public String name() {
    return settings.name();
  }

  /** Whether it has a column. */
  public boolean has(String column) {
    return Arrays.asList(rows.columns()).contains(column);
  }

  /** The columns of one of its files. */
  StructType columnsOf(String file) {
    return rows.sparkSession().read().format(settings.format()).load(file).schema();
  }
}
