package io.sparklrp.table;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** An array of float. */
record FloatsForm() implements ValueForm {
  @Override
  public DataType type() {
    return DataTypes.createArrayType(DataTypes.FloatType);
  }

  @Override
  public Object internal(Object value) {
    return new GenericArrayData((float[]) value);
  }

  @Override
  public Object read(Row row, int column) {
    List<Float> values = row.getList(column);
    float[] floats = new float[values.size()];
    int next = 0;
    for (float value : values) {
      floats[next++] = value;
    }
    return floats;
  }

  @Override
  public Object external(SpecializedGetters from, int index) {
    return from.getArray(index).toFloatArray();
  }
}
