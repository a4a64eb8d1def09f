package io.sparklrp.spark.resume;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.xxhash64;

import io.sparklrp.spark.settings.NamedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * 128 bits of some columns of a record: equal for equal values, and for others never in practice
 * (two of 10^9 records meet with a chance of 10^-21). Nulls count: Spark's own hash passes them
 * over.
 *
 * @param columns their names
 * @param schema the records' columns
 * @param directories the columns that are directories of the output, where an empty text is null
 */
public record RecordHash(List<String> columns, StructType schema, Set<String> directories) {
  private static final Map<String, String> WITH_NULLS = Map.of("ignoreNullFields", "false");

  /** Copies. */
  public RecordHash {
    columns = List.copyOf(columns);
    directories = Set.copyOf(directories);
  }

  /** Half of the bits. */
  Column high() {
    return hash(0);
  }

  /** The other half. */
  Column low() {
    return hash(1);
  }

  private Column hash(int seed) {
    List<Column> parts = new ArrayList<>(List.of(lit(seed)));
    for (String name : columns) {
      Column value = value(name);
      parts.add(value.isNull());
      parts.add(value);
    }
    return xxhash64(parts.toArray(Column[]::new));
  }

  private Column value(String name) {
    Column column = NamedColumn.of(name);
    DataType type = schema.apply(name).dataType();
    if (type instanceof StringType && directories.contains(name)) {
      return nullif(column, lit(""));
    }
    return isPlain(type) ? column : to_json(struct(column.as("value")), WITH_NULLS);
  }

  /** What Spark hashes with all that is in it; not maps, nor nulls below others. */
  private static boolean isPlain(DataType type) {
    return type instanceof StringType
        || type instanceof NumericType
        || type instanceof BooleanType
        || type instanceof BinaryType
        || type instanceof DateType
        || type instanceof TimestampType;
  }
}
