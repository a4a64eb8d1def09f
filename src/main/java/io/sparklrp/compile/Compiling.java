package io.sparklrp.compile;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.pass.Pass;
import io.sparklrp.relevance.CompiledRelevance;
import java.util.List;

/**
 * A model on its way through the passes: its forward pass, and later what a method appended to it.
 *
 * @param graph the graph so far
 * @param embeddings name of X
 * @param logits name of z
 * @param ledgerEntries names of the columns of the ledger; none before there is one
 */
record Compiling(Graph graph, String embeddings, String logits, List<String> ledgerEntries) {
  /** A forward pass, before anything was appended. */
  static Compiling of(ModelGraph model) {
    return new Compiling(model.graph(), model.embeddings(), model.logits(), List.of());
  }

  /** A pass over a graph alone. */
  static Pass<Compiling> ofGraph(Pass<Graph> pass) {
    return pass.lifted((state, change) -> state.with(change.apply(state.graph)));
  }

  /** A pass over a forward pass. */
  static Pass<Compiling> ofModel(Pass<ModelGraph> pass) {
    return pass.lifted((state, change) -> of(change.apply(state.model())));
  }

  /** A pass over what a method appended. */
  static Pass<Compiling> ofRelevance(Pass<CompiledRelevance> pass) {
    return pass.lifted((state, change) -> state.with(change.apply(state.relevance())));
  }

  /** The same model with another graph. */
  private Compiling with(Graph changed) {
    return new Compiling(changed, embeddings, logits, ledgerEntries);
  }

  /** The same model with what a method appended. */
  Compiling with(CompiledRelevance appended) {
    return new Compiling(appended.graph(), embeddings, logits, appended.ledgerEntries());
  }

  /** The forward pass. */
  ModelGraph model() {
    return new ModelGraph(graph, embeddings, logits);
  }

  /** The forward pass and what a method appended. */
  CompiledRelevance relevance() {
    return new CompiledRelevance(graph, ledgerEntries);
  }
}
