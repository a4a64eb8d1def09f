package io.sparklrp.spark.task;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.sparklrp.explain.input.InputColumn;
import io.sparklrp.image.OpenCvPicture;
import io.sparklrp.image.PictureFile;
import io.sparklrp.spark.settings.NamedColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that tasks read, beside all columns, which they only carry. Texts, targets and ids
 * are read as Spark's cast writes them; pictures are bytes, or a row of Spark's image source.
 */
public final class ReadColumns implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final StructType IMAGE =
      StructType.fromDDL("height INT, width INT, nChannels INT, mode INT, data BINARY");
  private static final int CARRIED = 0;
  private static final int READ = 1;

  private final StructType schema;
  private final int carried;
  private final List<String> ofInput;
  private final String ofTarget;
  private final String ofId;
  private final DataType target;

  private ReadColumns(
      StructType schema, StructType input, List<String> ofInput, String ofTarget, String ofId) {
    this.schema = schema;
    this.carried = input.size();
    this.ofInput = List.copyOf(ofInput);
    this.ofTarget = ofTarget;
    this.ofId = ofId;
    this.target = ofTarget == null ? null : input.apply(ofTarget).dataType();
  }

  /**
   * Those of a run.
   *
   * @param input all columns of a record
   * @param read those that the model reads
   * @param ofTarget the column that names targets; null for none
   * @param ofId the column that names records; null for none
   */
  public static ReadColumns of(
      StructType input, List<InputColumn> read, String ofTarget, String ofId) {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (InputColumn column : read) {
      types.put(column.name(), type(column, input));
    }
    types.putIfAbsent(ofTarget, DataTypes.StringType);
    types.putIfAbsent(ofId, DataTypes.StringType);
    types.remove(null);
    StructField[] fields =
        types.entrySet().stream()
            .map(one -> DataTypes.createStructField(one.getKey(), one.getValue(), true))
            .toArray(StructField[]::new);
    List<String> names = read.stream().map(InputColumn::name).toList();
    return new ReadColumns(DataTypes.createStructType(fields), input, names, ofTarget, ofId);
  }

  private static DataType type(InputColumn column, StructType input) {
    if (column.type() == InputColumn.Type.TEXT) {
      return DataTypes.StringType;
    }
    DataType picture = input.apply(column.name()).dataType();
    return picture instanceof BinaryType ? picture : IMAGE;
  }

  /** Two columns: all that a record has, and what is read of it. */
  public Dataset<Row> of(Dataset<Row> rows) {
    Column[] read = Arrays.stream(schema.fields()).map(ReadColumns::column).toArray(Column[]::new);
    return rows.select(struct(col("*")), struct(read));
  }

  private static Column column(StructField field) {
    Column stored = NamedColumn.of(field.name());
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

  /**
   * What the model reads of a record, in its columns' order: texts and pictures, null where there
   * is none.
   */
  List<Object> values(InternalRow record) {
    InternalRow read = record.getStruct(READ, schema.size());
    return Arrays.asList(ofInput.stream().map(name -> value(read, name)).toArray());
  }

  private Object value(InternalRow read, String name) {
    int index = schema.fieldIndex(name);
    DataType type = schema.apply(index).dataType();
    if (read.isNullAt(index)) {
      return null;
    }
    if (type instanceof StructType) {
      return picture(read.getStruct(index, IMAGE.size()));
    }
    return type instanceof BinaryType
        ? new PictureFile(read.getBinary(index))
        : read.getUTF8String(index).toString();
  }

  private static OpenCvPicture picture(InternalRow row) {
    return new OpenCvPicture(
        number(row, 0),
        number(row, 1),
        number(row, 2),
        number(row, 3),
        row.isNullAt(4) ? null : row.getBinary(4));
  }

  private static Integer number(InternalRow row, int index) {
    return row.isNullAt(index) ? null : row.getInt(index);
  }

  /** The column that names targets; empty where there is none. */
  Optional<String> ofTarget() {
    return Optional.ofNullable(ofTarget);
  }

  /** The type of the column that names targets, before it was cast. */
  public DataType target() {
    return target;
  }

  /** What a record says of its target; null where it says nothing. */
  public String target(InternalRow record) {
    return text(record, ofTarget);
  }

  /** What names a record; empty where no column does. */
  Optional<String> id(InternalRow record) {
    return ofId == null ? Optional.empty() : Optional.of(String.valueOf(text(record, ofId)));
  }

  private String text(InternalRow record, String column) {
    InternalRow read = record.getStruct(READ, schema.size());
    int index = schema.fieldIndex(column);
    return read.isNullAt(index) ? null : read.getUTF8String(index).toString();
  }
}
