package io.sparklrp.graph.pass;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * Keeps of outputs for every token only the rows that each record names, by a product with zeros
 * and ones: what {@link SlicePushdown} then moves up.
 */
public final class OutputRows {
  /** Name of the input that tells the rows, int64 [batch, rows]. */
  public static final String POSITIONS = "positions";

  private OutputRows() {}

  /** This pass, for a number of rows. */
  public static Pass<ModelGraph> pass(Dim rows) {
    return new Pass<>(
        "output rows", "Keeps the rows that each record names.", model -> select(model, rows));
  }

  /**
   * The model with the rows of its outputs that are asked for, [batch, rows, outputs].
   *
   * @param model a model whose outputs are [batch, sequence, outputs]
   * @param rows how many rows a record names
   */
  public static ModelGraph select(ModelGraph model, Dim rows) {
    GraphBuilder builder = GraphBuilder.from(model.graph());
    Value outputs = builder.value(model.logits());
    if (outputs.rank() != 3) {
      throw new IllegalArgumentException(
          "Cannot select rows of " + outputs + ": it has no row for each token.");
    }
    Ops ops = new Ops(builder, "output_rows", "head");
    Shape shape = Shape.of(outputs.shape().dim(0), rows);
    Value positions = builder.input(POSITIONS, DataType.INT64, shape);
    Value depth = length(ops, model.graph(), outputs);
    Value oneHot = ops.oneHot("selection", positions, depth);
    Value selected = ops.matMul("selected", oneHot, outputs);
    return new ModelGraph(builder.build(List.of(selected)), model.embeddings(), selected.name());
  }

  /**
   * How many rows the outputs have, told by an input that has as many: asking the outputs
   * themselves would keep all of their rows from being left out.
   */
  private static Value length(Ops ops, Graph graph, Value outputs) {
    Dim rows = outputs.shape().dim(1);
    if (rows.isFixed()) {
      return ops.longs(rows.size());
    }
    Value like =
        graph.inputs().stream()
            .filter(input -> input.shape().dims().contains(rows))
            .findFirst()
            .orElse(outputs);
    return ops.dimension("length", like, like.shape().dims().indexOf(rows));
  }
}
