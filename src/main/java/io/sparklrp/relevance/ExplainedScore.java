package io.sparklrp.relevance;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Which of a model's outputs are explained, and what they add up to.
 *
 * @param logits all outputs
 * @param predicted index of the highest, int64 [batch]
 * @param seed weights of the outputs, of their shape
 * @param score the seed times the logits, [batch]
 */
record ExplainedScore(Value logits, Value predicted, Value seed, Value score) {
  /**
   * Appends it to a forward pass.
   *
   * @param logits its outputs, [batch, outputs] or [batch, rows, outputs]
   * @param target where the seed comes from
   */
  static ExplainedScore append(Ops ops, Value logits, TargetSource target) {
    Value flat = logits.rank() == 2 ? logits : ops.reshape("flat", logits, 0, -1);
    Value predicted =
        ops.op(
            "predicted",
            "ArgMax",
            Map.of("axis", Attribute.of(-1L), "keepdims", Attribute.of(0L)),
            flat);
    Value seed =
        switch (target) {
          case SEED ->
              ops.builder().input(CompiledRelevance.SEED, DataType.FLOAT32, logits.shape());
          case TARGETS -> scattered(ops, flat, logits);
          case PREDICTED -> oneHot(ops, predicted, flat, logits);
        };
    long[] outputs = LongStream.range(1, logits.rank()).toArray();
    Value score = ops.reduceSum("score", ops.mul("seeded", seed, logits), false, outputs);
    return new ExplainedScore(logits, predicted, seed, score);
  }

  private static Value oneHot(Ops ops, Value predicted, Value flat, Value logits) {
    Value depth = ops.dimension("outputs", flat, 1);
    return shaped(ops, ops.oneHot("one_hot", predicted, depth), logits);
  }

  private static Value scattered(Ops ops, Value flat, Value logits) {
    Shape shape = Shape.of(logits.shape().dim(0), Dim.symbol("parts"));
    Value index = ops.builder().input(CompiledRelevance.TARGET_INDEX, DataType.INT64, shape);
    Value weight = ops.builder().input(CompiledRelevance.TARGET_WEIGHT, DataType.FLOAT32, shape);
    Value zeros = ops.mul("no_seed", flat, ops.scalar(0f));
    Map<String, Attribute> adds =
        Map.of("axis", Attribute.of(1L), "reduction", Attribute.of("add"));
    return shaped(ops, ops.op("seeds", "ScatterElements", adds, zeros, index, weight), logits);
  }

  /** A row for each record, in the shape of the logits. */
  private static Value shaped(Ops ops, Value row, Value logits) {
    return logits.rank() == 2
        ? row
        : ops.reshape("seed", row, 0, -1, logits.shape().dim(-1).size());
  }

  /** The graph's outputs that tell of it. */
  List<Value> outputs(Ops ops) {
    return List.of(
        ops.output(CompiledRelevance.LOGITS, logits),
        ops.output(CompiledRelevance.PREDICTED, predicted),
        ops.output(CompiledRelevance.SCORE, score));
  }
}
