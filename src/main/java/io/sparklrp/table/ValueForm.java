package io.sparklrp.table;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.DataType;

/** A type of Java's in Spark: how its values become Spark's own form, and come back from a row. */
interface ValueForm {
  /** The type in Spark. */
  DataType type();

  /** A value in Spark's own form. */
  Object internal(Object value);

  /** The value of a row's column, which is not null. */
  Object read(Row row, int column);

  /**
   * The value of a row or an array in Spark's own form.
   *
   * @param index of the value, which is not null
   */
  Object external(SpecializedGetters from, int index);

  /** The form of a Java type; a record's is a struct of its components. */
  static ValueForm of(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      return ofGeneric(parameterized);
    }
    if (type instanceof Class<?> known) {
      if (known.isRecord()) {
        return new RecordForm<>(known);
      }
      return known == float[].class ? new FloatsForm() : PlainForm.of(known);
    }
    throw new IllegalArgumentException("No column is of type " + type);
  }

  private static ValueForm ofGeneric(ParameterizedType type) {
    Type[] of = type.getActualTypeArguments();
    if (type.getRawType() == List.class && of[0] instanceof Class<?> one && one.isRecord()) {
      return new ListForm(new RecordForm<>(one));
    }
    if (type.getRawType() == Map.class && of[0] == String.class && of[1] == Double.class) {
      return new AmountsForm();
    }
    throw new IllegalArgumentException("No column is of type " + type);
  }
}
