package io.sparklrp.bench;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.pass.DeadCode;
import io.sparklrp.graph.pass.OutputRows;
import io.sparklrp.relevance.TargetSource;
import java.util.List;

/**
 * A model to be timed.
 *
 * @param name begins the names of its rows in the table; empty where the table has no other
 * @param plain the forward pass that a user without explanations would run
 * @param explained the forward pass that is compiled
 * @param target what its relevance starts from
 */
record Subject(String name, Graph plain, ModelGraph explained, TargetSource target) {
  /** A classifier. */
  static Subject classifier(String name, ModelGraph model) {
    return new Subject(name, model.graph(), model, TargetSource.PREDICTED);
  }

  /** A language model that is asked for the word after each record. */
  static Subject nextToken(String name, ModelGraph model) {
    return new Subject(
        name, lastLogits(model), OutputRows.select(model, Dim.of(1)), TargetSource.SEED);
  }

  /**
   * All layers for all tokens, and the product with the vocabulary for the last token of each
   * record only, as generation does it.
   */
  private static Graph lastLogits(ModelGraph model) {
    Graph graph = model.graph();
    Node product = graph.producer(model.logits()).orElseThrow();
    Value hidden = graph.value(product.input(0));
    Graph body = DeadCode.remove(GraphBuilder.from(graph).build(List.of(hidden)));
    ModelGraph rows =
        OutputRows.select(new ModelGraph(body, model.embeddings(), hidden.name()), Dim.of(1));
    GraphBuilder builder = GraphBuilder.from(rows.graph());
    String weight = product.input(1);
    builder.shared(weight, graph.initializers().get(weight));
    List<String> inputs = List.of(rows.logits(), weight);
    return builder.build(builder.add(product.withInputs(inputs)));
  }

  /** Number of outputs of a row. */
  int outputs() {
    return Math.toIntExact(explained.graph().value(explained.logits()).shape().dim(-1).size());
  }
}
