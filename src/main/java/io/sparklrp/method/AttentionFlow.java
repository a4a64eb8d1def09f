package io.sparklrp.method;

import io.sparklrp.graph.ModelGraph;
import io.sparklrp.model.Procedure;
import io.sparklrp.relevance.AttentionCompiler;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.TargetSource;
import io.sparklrp.relevance.readout.AllLayers;

/**
 * How much can flow through the attention weights of all layers, as capacities (Abnar and Zuidema
 * 2020), from all tokens of the last layer together to each of the first.
 *
 * @param id the name that users write
 * @param description what it does, in one sentence
 * @param isNormalised whether what flows from a token is divided by its sum, as in the paper's code
 */
public record AttentionFlow(String id, String description, boolean isNormalised) implements Method {
  /** The same, what flows from a token divided by its sum or not. */
  AttentionFlow normalised(boolean isDivided) {
    return new AttentionFlow(id, description, isDivided);
  }

  @Override
  public boolean readsAllRows() {
    return true;
  }

  @Override
  public CompiledRelevance append(ModelGraph forward, TargetSource target, LedgerDetail detail) {
    return AttentionCompiler.compile(forward, new AllLayers(), target);
  }

  @Override
  public Procedure procedure(CompiledRelevance appended) {
    int layersAxis = appended.graph().value(CompiledRelevance.RELEVANCE).rank() - 3;
    return new Procedure.Flow(
        (int) appended.graph().value(CompiledRelevance.RELEVANCE).shape().dim(layersAxis).size(),
        isNormalised);
  }

  @Override
  public String toString() {
    return id;
  }
}
