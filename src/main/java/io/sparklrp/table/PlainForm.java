package io.sparklrp.table;

import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Text, numbers and truth. */
record PlainForm(DataType type) implements ValueForm {
  private static final Map<Class<?>, DataType> TYPES =
      Map.of(
          String.class, DataTypes.StringType,
          boolean.class, DataTypes.BooleanType,
          Boolean.class, DataTypes.BooleanType,
          int.class, DataTypes.IntegerType,
          Integer.class, DataTypes.IntegerType,
          float.class, DataTypes.FloatType,
          Float.class, DataTypes.FloatType,
          double.class, DataTypes.DoubleType,
          Double.class, DataTypes.DoubleType);

  static PlainForm of(Class<?> java) {
    if (!TYPES.containsKey(java)) {
      throw new IllegalArgumentException("No column is of type " + java);
    }
    return new PlainForm(TYPES.get(java));
  }

  @Override
  public Object internal(Object value) {
    return value instanceof String text ? UTF8String.fromString(text) : value;
  }

  @Override
  public Object read(Row row, int column) {
    return row.get(column);
  }

  @Override
  public Object external(SpecializedGetters from, int index) {
    Object stored = from.get(index, type);
    return stored instanceof UTF8String text ? text.toString() : stored;
  }
}
