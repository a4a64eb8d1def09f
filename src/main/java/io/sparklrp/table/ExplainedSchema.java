package io.sparklrp.table;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that are added to a record: the components of {@link OutputRow}.
 *
 * @param prefix put before their names
 */
public record ExplainedSchema(String prefix) implements Serializable {
  private static final RecordForm<OutputRow> FORM = new RecordForm<>(OutputRow.class);

  /** The column whose metadata says where the output comes from. */
  private static final String METHOD = "method";

  private static final String RUN_ID = "run_id";
  private static final String ERROR = "error";

  /** Key of the provenance in that metadata. */
  private static final String PROVENANCE = "spark_lrp";

  /** Names of the columns, in order. */
  public List<String> names() {
    return Arrays.stream(FORM.type().fieldNames()).map(name -> prefix + name).toList();
  }

  /**
   * A column, as it is written.
   *
   * @param column its name without prefix
   */
  public String name(String column) {
    return prefix + FORM.type().apply(column).name();
  }

  /** The columns. */
  public StructType columns() {
    StructType columns = new StructType();
    for (StructField field : FORM.type().fields()) {
      columns = columns.add(prefix + field.name(), field.dataType(), true);
    }
    return columns;
  }

  /** A record's columns followed by those that are added, which say how they were made. */
  public StructType after(StructType input, Provenance provenance) {
    Metadata origin = new MetadataBuilder().putString(PROVENANCE, provenance.json()).build();
    StructType columns = input;
    for (StructField added : columns().fields()) {
      boolean saysOrigin = added.name().equals(prefix + METHOD);
      columns =
          columns.add(
              saysOrigin
                  ? DataTypes.createStructField(added.name(), added.dataType(), true, origin)
                  : added);
    }
    return columns;
  }

  /**
   * A column, or a field below it, in SQL.
   *
   * @param path names, from the outermost, without prefix
   * @throws IllegalArgumentException if there is none
   */
  public String sql(String... path) {
    StringBuilder sql = new StringBuilder();
    StructType in = FORM.type();
    for (String name : path) {
      StructField field = in.fields()[in.fieldIndex(name)];
      sql.append(sql.isEmpty() ? quoted(prefix + name) : "." + name);
      in = field.dataType() instanceof StructType inner ? inner : new StructType();
    }
    return sql.toString();
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** The values of the columns, in Spark's own form. */
  public static InternalRow toRow(OutputRow row) {
    return FORM.internal(row);
  }

  /** What the columns of a row say, which may be among others, in any order. */
  public OutputRow fromRow(Row row) {
    return FORM.read(row, prefix);
  }

  /**
   * What the columns say, in Spark's own form and in their order.
   *
   * @param first index of the first
   */
  public static OutputRow fromRow(InternalRow row, int first) {
    return FORM.externalBehind(row, first);
  }

  /**
   * The provenance that some columns tell.
   *
   * @return empty where they tell none
   */
  public Optional<Provenance> provenance(StructType columns) {
    return Arrays.stream(columns.fields())
        .filter(field -> field.name().equals(prefix + METHOD))
        .filter(field -> field.metadata().contains(PROVENANCE))
        .map(field -> Provenance.parse(field.metadata().getString(PROVENANCE)))
        .findFirst();
  }

  /** The columns among others, by the one that every row has; empty where there is no such. */
  public static Optional<ExplainedSchema> among(StructType columns) {
    List<String> names = List.of(columns.fieldNames());
    return names.stream()
        .filter(name -> name.endsWith(RUN_ID))
        .map(name -> name.substring(0, name.length() - RUN_ID.length()))
        .filter(prefix -> names.contains(prefix + METHOD) || names.contains(prefix + ERROR))
        .map(ExplainedSchema::new)
        .findFirst();
  }
}
