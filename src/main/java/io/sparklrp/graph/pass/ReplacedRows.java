package io.sparklrp.graph.pass;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * Lets embeddings be replaced: everything behind them reads (1 - s) X + s B instead of X, where B
 * is one vector for all tokens and s, the new input {@code replaced}, a share for each token. With
 * 0 it is X, and with 1 it is B, exactly.
 */
public final class ReplacedRows {
  /** Name of the input of shares, float [batch, tokens]. */
  public static final String SHARES = "replaced";

  private ReplacedRows() {}

  /** What embeddings are replaced by. */
  @FunctionalInterface
  public interface Replacement {
    /**
     * Writes it.
     *
     * @param embeddings X, [batch, tokens, hidden]
     * @return what can be broadcast to that shape
     */
    Value write(Ops ops, Value embeddings);
  }

  /**
   * A model whose embeddings can be replaced.
   *
   * @param model its embeddings are what is read in place of X
   * @param embeddings name of X, [batch, tokens, hidden]
   * @param replacement name of B, which can be broadcast to that shape
   */
  public record Replaced(ModelGraph model, String embeddings, String replacement) {}

  /**
   * The model whose embeddings can be replaced.
   *
   * @param model the model
   * @param by what they are replaced by
   */
  public static Replaced apply(ModelGraph model, Replacement by) {
    Graph graph = model.graph();
    String embeddings = model.embeddings();
    GraphBuilder builder = GraphBuilder.withInputsOf(graph);
    Shape shape = graph.value(embeddings).shape();
    Dim tokens = shape.dim(1);
    Value shares = builder.input(SHARES, DataType.FLOAT32, Shape.of(shape.dim(0), tokens));
    Ops ops = new Ops(builder, embeddings, "");
    String replaced = null;
    String replacement = null;
    for (Node node : graph.nodes()) {
      String read = replaced == null ? embeddings : replaced;
      List<String> inputs =
          node.inputs().stream().map(name -> name.equals(embeddings) ? read : name).toList();
      builder.add(node.withInputs(inputs));
      if (node.outputs().contains(embeddings)) {
        Value x = builder.value(embeddings);
        Value other = by.write(ops, x);
        replacement = other.name();
        replaced = mixed(ops, x, shares, other).name();
      }
    }
    List<Value> outputs = graph.outputs().stream().map(Value::name).map(builder::value).toList();
    ModelGraph changed = new ModelGraph(builder.build(outputs), replaced, model.logits());
    return new Replaced(changed, embeddings, replacement);
  }

  private static Value mixed(Ops ops, Value embeddings, Value shares, Value by) {
    Value column = ops.unsqueeze("replaced_share", shares, 2);
    Value kept = ops.mul("kept", embeddings, ops.sub("kept_share", ops.scalar(1f), column));
    Value other = ops.mul("replacement", by, column);
    return ops.add("mixed", kept, other);
  }
}
