package io.sparklrp.method;

import io.sparklrp.graph.ModelGraph;
import io.sparklrp.model.Procedure;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.ForwardCompiler;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.TargetSource;
import java.util.List;

/**
 * What the score loses where a token's embedding is replaced by that of the mask token, else of the
 * token for unknown ones, else by zeros: mask, positions and pooled rows stay the record's.
 *
 * @param id the name that users write
 * @param description what it does, in one sentence
 */
public record Occlusion(String id, String description) implements Method {
  @Override
  public CompiledRelevance append(ModelGraph forward, TargetSource target, LedgerDetail detail) {
    return ForwardCompiler.compile(forward, target, List.of());
  }

  @Override
  public Procedure procedure(CompiledRelevance appended) {
    return new Procedure.Occlusion();
  }

  @Override
  public String toString() {
    return id;
  }
}
