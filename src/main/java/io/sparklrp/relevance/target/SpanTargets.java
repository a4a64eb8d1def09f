package io.sparklrp.relevance.target;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The predicted span of question answering: the position with the highest start logit, the one with
 * the highest end logit, or the sum of both. Padding is left out; every other token can be one.
 *
 * @param start whether the start takes part
 * @param end whether the end takes part
 */
public record SpanTargets(boolean start, boolean end) implements Targets {
  private static final String MASK = "attention_mask";

  @Override
  public boolean areSeveral() {
    return false;
  }

  @Override
  public Chosen choose(Ops ops, Value logits) {
    Value mask = ops.cast("real", ops.builder().value(MASK), DataType.FLOAT32);
    Value padding = ops.sub("padding", ops.scalar(1f), mask);
    Value lowest = ops.unsqueeze("lowest", ops.mul("masked", padding, ops.scalar(-1e30f)), 2);
    Value scores = ops.add("real_logits", logits, lowest);
    Map<String, Attribute> attributes =
        Map.of("axis", Attribute.of(1L), "keepdims", Attribute.of(0L));
    Value positions = ops.op("positions", "ArgMax", attributes, scores);
    Value index =
        ops.add(
            "outputs",
            ops.mul("rows", positions, ops.integer(2)),
            ops.builder().shared("const.start_end", Tensor.vector(0, 1)));
    List<Value> parts = new ArrayList<>();
    if (start) {
      parts.add(ops.slice("start", index, 1, ops.longs(0), ops.longs(1)));
    }
    if (end) {
      parts.add(ops.slice("end", index, 1, ops.longs(1), ops.longs(2)));
    }
    Value chosen = parts.size() == 1 ? parts.get(0) : ops.concat("span", 1, parts);
    return new Chosen(chosen, HighestOutputs.ones(ops, chosen));
  }
}
