package io.sparklrp.relevance.target;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What targets choose of given logits, by the interpreter.
 *
 * @param index which outputs
 * @param weight their weights
 */
record Choice(DoubleTensor index, DoubleTensor weight) {
  /** A choice among outputs that are declared with a shape. */
  static Choice of(
      Targets targets, Shape shape, DoubleTensor logits, Map<String, DoubleTensor> more) {
    GraphBuilder builder = new GraphBuilder("choice");
    Value outputs = builder.input("logits", DataType.FLOAT32, shape);
    if (more.containsKey("attention_mask")) {
      Shape tokens = Shape.of(shape.dim(0), shape.dim(1));
      builder.input("attention_mask", DataType.INT64, tokens);
    }
    if (more.containsKey("positions")) {
      builder.input("positions", DataType.INT64, Shape.of(shape.dim(0), shape.dim(1)));
    }
    Targets.Chosen chosen = targets.choose(new Ops(builder, "targets", "relevance"), outputs);
    Map<String, DoubleTensor> inputs = new HashMap<>(more);
    inputs.put("logits", logits);
    Map<String, DoubleTensor> values =
        Interpreter.run(builder.build(List.of(chosen.index(), chosen.weight())), inputs);
    return new Choice(values.get(chosen.index().name()), values.get(chosen.weight().name()));
  }

  /** Outputs of a text: [batch, outputs]. */
  static Shape classes(long outputs) {
    return Shape.of(Dim.symbol("batch"), Dim.of(outputs));
  }

  /** Outputs of each token: [batch, sequence, outputs]. */
  static Shape byToken(long outputs) {
    return Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(outputs));
  }
}
