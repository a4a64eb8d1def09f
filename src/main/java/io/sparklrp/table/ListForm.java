package io.sparklrp.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A list of records.
 *
 * @param of their form
 */
record ListForm(RecordForm<?> of) implements ValueForm {
  @Override
  public DataType type() {
    return DataTypes.createArrayType(of.type());
  }

  @Override
  public Object internal(Object value) {
    List<?> records = (List<?>) value;
    Object[] rows = new Object[records.size()];
    int next = 0;
    for (Object one : records) {
      rows[next++] = of.internal(one);
    }
    return new GenericArrayData(rows);
  }

  @Override
  public Object read(Row row, int column) {
    return row.<Row>getList(column).stream().map(one -> of.read(one, "")).toList();
  }

  @Override
  public Object external(SpecializedGetters from, int index) {
    ArrayData stored = from.getArray(index);
    List<Object> records = new ArrayList<>(stored.numElements());
    for (int i = 0; i < stored.numElements(); i++) {
      records.add(of.external(stored, i));
    }
    return records;
  }
}
