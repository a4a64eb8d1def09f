package io.sparklrp.method;

import io.sparklrp.graph.ModelGraph;
import io.sparklrp.relevance.AttentionCompiler;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.TargetSource;
import io.sparklrp.relevance.readout.AttentionReadOut;

/**
 * A reading of the attention weights alone: nothing goes back through the model, and all targets of
 * a record have the same numbers. They are no shares of the score, so that the ledger has no
 * entries.
 *
 * @param id the name that users write
 * @param description what it does, in one sentence
 * @param readOut how one number a token is made of the weights
 */
public record Attention(String id, String description, AttentionReadOut readOut) implements Method {
  @Override
  public boolean readsAllRows() {
    return true;
  }

  @Override
  public CompiledRelevance append(ModelGraph forward, TargetSource target, LedgerDetail detail) {
    return AttentionCompiler.compile(forward, readOut, target);
  }

  @Override
  public String toString() {
    return id;
  }
}
