package io.sparklrp.table;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Amounts by name, in their order. */
record AmountsForm() implements ValueForm {
  @Override
  public DataType type() {
    return DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType);
  }

  @Override
  public Object internal(Object value) {
    Map<?, ?> amounts = (Map<?, ?>) value;
    Object[] names =
        amounts.keySet().stream().map(name -> UTF8String.fromString((String) name)).toArray();
    return new ArrayBasedMapData(
        new GenericArrayData(names), new GenericArrayData(amounts.values().toArray()));
  }

  @Override
  public Object read(Row row, int column) {
    return new LinkedHashMap<>(row.getJavaMap(column));
  }

  @Override
  public Object external(SpecializedGetters from, int index) {
    MapData stored = from.getMap(index);
    ArrayData names = stored.keyArray();
    ArrayData amounts = stored.valueArray();
    Map<String, Double> external = new LinkedHashMap<>();
    for (int i = 0; i < stored.numElements(); i++) {
      external.put(names.getUTF8String(i).toString(), amounts.getDouble(i));
    }
    return external;
  }
}
