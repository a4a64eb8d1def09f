package io.sparklrp.relevance.target;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.pass.OutputRows;
import java.util.List;
import java.util.Map;

/**
 * The outputs with the highest logits of each row that a record reads, row by row, highest first. A
 * record that reads fewer rows than others names its last one again, whose targets have weight 0.
 *
 * @param count how many of each row
 */
public record RowTargets(long count) implements Targets {
  @Override
  public boolean areSeveral() {
    return true;
  }

  @Override
  public Chosen choose(Ops ops, Value logits) {
    Value positions = ops.builder().value(OutputRows.POSITIONS);
    long outputs = logits.shape().dim(2).size();
    Value highest = HighestOutputs.of(ops, logits, ops.longs(Math.min(count, outputs)));
    Value places = places(ops, positions);
    Value first = ops.mul("first_outputs", places, ops.integer(outputs));
    Value index = ops.add("outputs", highest, ops.unsqueeze("by_row", first, 2));
    Value isNew = ops.unsqueeze("row_weight", isNew(ops, positions, places), 2);
    Value weight = ops.mul("weight", HighestOutputs.ones(ops, index), isNew);
    return new Chosen(byTarget(ops, index), byTarget(ops, weight));
  }

  /** 0, 1, 2, ... for each record, [batch, rows]. */
  private static Value places(Ops ops, Value positions) {
    Value zeros = ops.mul("zeros", positions, ops.integer(0));
    Value ones = ops.add("ones", zeros, ops.integer(1));
    return ops.sub("places", ops.cumulativeSum("counted", ones, 1), ops.integer(1));
  }

  /** 1 for the first row and those of another position than the row before, 0 for others. */
  private static Value isNew(Ops ops, Value positions, Value places) {
    Value before = ops.sub("before", places, ops.integer(1));
    Value at = ops.binary("row_before", "Max", before, ops.integer(0));
    Value previous =
        ops.op("previous", "GatherElements", Map.of("axis", Attribute.of(1L)), positions, at);
    Value isSame = ops.binary("is_same", "Equal", positions, previous);
    Value isOther = ops.cast("is_other", ops.unary("is_not_same", "Not", isSame), DataType.INT64);
    Value isFirst = ops.binary("is_first", "Equal", places, ops.integer(0));
    Value one = ops.cast("first_row", isFirst, DataType.INT64);
    return ops.cast("is_new", ops.binary("counts", "Max", isOther, one), DataType.FLOAT32);
  }

  /** Values [batch, rows, count] as [rows * count, batch, 1]. */
  private static Value byTarget(Ops ops, Value values) {
    Value flat = ops.reshape("flat", values, 0, -1);
    return ops.unsqueeze("parts", ops.transpose("by_target", flat, List.of(1L, 0L)), 2);
  }
}
