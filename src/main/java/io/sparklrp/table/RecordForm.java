package io.sparklrp.table;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A record as a struct: its components are the fields, {@code modelId} is written {@code model_id}.
 *
 * @param <R> the record
 */
final class RecordForm<R> implements ValueForm {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodType OF_ANY = MethodType.methodType(Object.class, Object.class);
  private static final MethodType FROM_ALL = MethodType.methodType(Object.class, Object[].class);

  /** A component. */
  private record Part(String name, ValueForm form, Function<Object, Object> accessor) {}

  private final List<Part> parts = new ArrayList<>();
  private final MethodHandle constructor;
  private final StructType type;

  RecordForm(Class<R> java) {
    RecordComponent[] components = java.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      for (RecordComponent one : components) {
        parts.add(
            new Part(snakeCase(one.getName()), ValueForm.of(one.getGenericType()), accessor(one)));
      }
      this.constructor =
          LOOKUP
              .findConstructor(java, MethodType.methodType(void.class, types))
              .asSpreader(Object[].class, types.length)
              .asType(FROM_ALL);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + java + ": it is not public.", e);
    }
    this.type = DataTypes.createStructType(fields());
  }

  /** As fast as a call of the method itself: there is one for each value of each token. */
  @SuppressWarnings("unchecked") // what the factory makes
  private static Function<Object, Object> accessor(RecordComponent component)
      throws ReflectiveOperationException {
    MethodHandle method = LOOKUP.unreflect(component.getAccessor());
    try {
      return (Function<Object, Object>)
          LambdaMetafactory.metafactory(
                  LOOKUP,
                  "apply",
                  MethodType.methodType(Function.class),
                  OF_ANY,
                  method,
                  method.type().wrap())
              .getTarget()
              .invoke();
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Cannot read " + component, e);
    }
  }

  private StructField[] fields() {
    return parts.stream()
        .map(part -> DataTypes.createStructField(part.name(), part.form().type(), true))
        .toArray(StructField[]::new);
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  @Override
  public StructType type() {
    return type;
  }

  @Override
  public InternalRow internal(Object value) {
    Object[] values = new Object[parts.size()];
    for (int i = 0; i < values.length; i++) {
      Part part = parts.get(i);
      Object one = part.accessor().apply(value);
      values[i] = one == null ? null : part.form().internal(one);
    }
    return new GenericInternalRow(values);
  }

  @Override
  public R read(Row row, int column) {
    return read(row.getStruct(column), "");
  }

  /**
   * The record whose components are columns of a row, among others, with a prefix to their names.
   */
  R read(Row row, String prefix) {
    Object[] values = new Object[parts.size()];
    for (int i = 0; i < values.length; i++) {
      Part part = parts.get(i);
      int column = row.fieldIndex(prefix + part.name());
      values[i] = row.isNullAt(column) ? null : part.form().read(row, column);
    }
    return make(values);
  }

  @Override
  public R external(SpecializedGetters from, int index) {
    return externalBehind(from.getStruct(index, parts.size()), 0);
  }

  /**
   * The record whose components are values of a row, in their order.
   *
   * @param first index of the first
   */
  R externalBehind(InternalRow row, int first) {
    Object[] values = new Object[parts.size()];
    for (int i = 0; i < values.length; i++) {
      int index = first + i;
      values[i] = row.isNullAt(index) ? null : parts.get(i).form().external(row, index);
    }
    return make(values);
  }

  @SuppressWarnings("unchecked") // what the constructor makes
  private R make(Object[] values) {
    try {
      Object made = constructor.invokeExact(values);
      return (R) made;
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Cannot make a record of a row.", e);
    }
  }
}
