package io.sparklrp.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Columns of numbers, dates and the like that are read as texts: their text is what Spark's own
 * cast makes of them, in columns of its own behind the input's, which stay what they are.
 */
final class TextColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StructType schema;
  private final LinkedHashMap<String, String> texts = new LinkedHashMap<>();

  private TextColumns(StructType schema) {
    this.schema = schema;
  }

  /**
   * Those of an input.
   *
   * @param columns names of columns that are read as texts; null for none
   */
  static TextColumns of(StructType schema, Collection<String> columns) {
    TextColumns found = new TextColumns(schema);
    columns.stream()
        .filter(Objects::nonNull)
        .filter(column -> !(schema.apply(column).dataType() instanceof StringType))
        .forEach(column -> found.texts.put(column, found.freeName(column)));
    return found;
  }

  private String freeName(String column) {
    String name = "_text_of_" + column;
    while (Arrays.stream(schema.fieldNames()).anyMatch(name::equalsIgnoreCase)) {
      name = "_" + name;
    }
    return name;
  }

  /** The rows with the texts of these columns behind their own. */
  Dataset<Row> append(Dataset<Row> rows) {
    Dataset<Row> all = rows;
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Column cast = OutputTable.quoted(text.getKey()).cast(DataTypes.StringType);
      all = all.withColumn(text.getValue(), cast);
    }
    return all;
  }

  /** The columns that the input has, of a row that may have texts behind them. */
  Row own(Row row) {
    if (texts.isEmpty()) {
      return row;
    }
    Object[] values = new Object[schema.size()];
    Arrays.setAll(values, row::get);
    return new GenericRowWithSchema(values, schema);
  }

  /** The text of a column; null where the column is null. */
  String text(Row row, String column) {
    return row.getString(row.fieldIndex(texts.getOrDefault(column, column)));
  }
}
