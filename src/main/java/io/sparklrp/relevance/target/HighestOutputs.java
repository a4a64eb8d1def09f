package io.sparklrp.relevance.target;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;

/** Indices of the highest values along the last axis. */
final class HighestOutputs {
  private HighestOutputs() {}

  /**
   * The indices, highest value first.
   *
   * @param values float [batch, n]
   * @param count int64 [1], at most n
   * @return int64 [batch, count]
   */
  static Value of(Ops ops, Value values, Value count) {
    String name = ops.builder().freeName("targets.highest");
    Map<String, Attribute> attributes =
        Map.of("axis", Attribute.of(-1L), "largest", Attribute.of(1L), "sorted", Attribute.of(1L));
    List<String> inputs = List.of(values.name(), count.name());
    List<String> outputs = List.of(name + ".values", name);
    return ops.builder()
        .add(new Node(name, "TopK", "", inputs, outputs, attributes, "relevance"))
        .get(1);
  }

  /** A weight of 1 for each index. */
  static Value ones(Ops ops, Value index) {
    Value zeros =
        ops.mul("no_weights", ops.cast("index_floats", index, DataType.FLOAT32), ops.scalar(0f));
    return ops.add("weights", zeros, ops.scalar(1f));
  }
}
