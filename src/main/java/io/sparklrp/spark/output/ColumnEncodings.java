package io.sparklrp.spark.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Options of Parquet's writer for our columns: numbers with a fraction hardly ever repeat, and a
 * dictionary of them, which Parquet makes before it gives it up, is a third of the time of writing.
 */
final class ColumnEncodings {
  private static final String FORMAT = "parquet";
  private static final String DICTIONARY = "parquet.enable.dictionary#";

  private ColumnEncodings() {}

  /**
   * The options; none for other formats. Where columns are stored under other names, as Spark's
   * legacy format has them, they change nothing.
   */
  static Map<String, String> of(String format, StructType columns) {
    Map<String, String> options = new TreeMap<>();
    if (format.equalsIgnoreCase(FORMAT)) {
      fractions("", columns).forEach(path -> options.put(DICTIONARY + path, "false"));
    }
    return options;
  }

  /** Paths of numbers with a fraction, as Parquet has them. */
  private static List<String> fractions(String path, DataType type) {
    List<String> found = new ArrayList<>();
    if (type instanceof FloatType || type instanceof DoubleType) {
      found.add(path);
    } else if (type instanceof ArrayType array) {
      found.addAll(fractions(path + ".list.element", array.elementType()));
    } else if (type instanceof MapType map) {
      found.addAll(fractions(path + ".key_value.key", map.keyType()));
      found.addAll(fractions(path + ".key_value.value", map.valueType()));
    } else if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        found.addAll(
            fractions(path.isEmpty() ? field.name() : path + "." + field.name(), field.dataType()));
      }
    }
    return found;
  }
}
