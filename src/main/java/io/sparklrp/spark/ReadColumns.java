package io.sparklrp.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that tasks read, beside all columns, which they only carry. Texts, targets and ids
 * are read as Spark's cast writes them; pictures are bytes, or a row of Spark's image source.
 */
final class ReadColumns implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final StructType IMAGE =
      StructType.fromDDL("height INT, width INT, nChannels INT, mode INT, data BINARY");
  private static final int CARRIED = 0;
  private static final int READ = 1;

  private final StructType schema;
  private final int carried;
  private final DataType target;

  private ReadColumns(StructType schema, int carried, DataType target) {
    this.schema = schema;
    this.carried = carried;
    this.target = target;
  }

  /**
   * Those of a run.
   *
   * @param input all columns of a record
   * @param targetColumn the column that names targets; null for none
   * @param readsImages whether the model reads pictures
   */
  static ReadColumns of(
      StructType input, ExplainSettings settings, String targetColumn, boolean readsImages) {
    Map<String, DataType> types = new LinkedHashMap<>();
    if (readsImages) {
      DataType picture = input.apply(settings.columns().image()).dataType();
      types.put(settings.columns().image(), picture instanceof BinaryType ? picture : IMAGE);
    } else {
      types.put(settings.columns().text(), DataTypes.StringType);
      types.putIfAbsent(settings.columns().pair(), DataTypes.StringType);
    }
    types.putIfAbsent(targetColumn, DataTypes.StringType);
    types.putIfAbsent(settings.columns().id(), DataTypes.StringType);
    types.remove(null);
    StructField[] fields =
        types.entrySet().stream()
            .map(one -> DataTypes.createStructField(one.getKey(), one.getValue(), true))
            .toArray(StructField[]::new);
    DataType target = targetColumn == null ? null : input.apply(targetColumn).dataType();
    return new ReadColumns(DataTypes.createStructType(fields), input.size(), target);
  }

  /** The type of the column that names targets, before it was cast; null where there is none. */
  DataType target() {
    return target;
  }

  /** Two columns: all that a record has, and what is read of it. */
  Dataset<Row> of(Dataset<Row> rows) {
    Column[] read = Arrays.stream(schema.fields()).map(ReadColumns::column).toArray(Column[]::new);
    return rows.select(struct(col("*")), struct(read));
  }

  private static Column column(StructField field) {
    Column stored = OutputTable.quoted(field.name());
    if (!(field.dataType() instanceof StructType image)) {
      return stored.cast(field.dataType()).as(field.name());
    }
    List<Column> parts = new ArrayList<>();
    for (StructField part : image.fields()) {
      parts.add(stored.getField(part.name()).cast(part.dataType()).as(part.name()));
    }
    return when(stored.isNotNull(), struct(parts.toArray(Column[]::new))).as(field.name());
  }

  /** All columns of a record, as they are, to be kept. */
  InternalRow carried(InternalRow record) {
    return record.getStruct(CARRIED, carried).copy();
  }

  /** The columns that are read. */
  Row read(InternalRow record) {
    return external(record.getStruct(READ, schema.size()), schema);
  }

  private static Row external(InternalRow row, StructType type) {
    Object[] values = new Object[type.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.isNullAt(i) ? null : external(row, i, type.apply(i).dataType());
    }
    return new GenericRowWithSchema(values, type);
  }

  private static Object external(InternalRow row, int index, DataType type) {
    if (type instanceof StructType struct) {
      return external(row.getStruct(index, struct.size()), struct);
    }
    if (type instanceof BinaryType) {
      return row.getBinary(index);
    }
    return type == DataTypes.IntegerType
        ? (Object) row.getInt(index)
        : row.getUTF8String(index).toString();
  }
}
