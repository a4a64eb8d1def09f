package io.sparklrp.method;

import io.sparklrp.graph.ModelGraph;
import io.sparklrp.model.Procedure;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.ForwardCompiler;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.TargetSource;
import java.util.List;

/**
 * Standard normal numbers, which hang on what names a record and on a seed, and on nothing of the
 * model: what every method must be better than.
 *
 * @param id the name that users write
 * @param description what it does, in one sentence
 * @param seed of all records
 */
public record RandomNumbers(String id, String description, long seed) implements Method {
  /** The same of another seed. */
  RandomNumbers seeded(long other) {
    return new RandomNumbers(id, description, other);
  }

  @Override
  public CompiledRelevance append(ModelGraph forward, TargetSource target, LedgerDetail detail) {
    return ForwardCompiler.compile(forward, target, List.of());
  }

  @Override
  public Procedure procedure(CompiledRelevance appended) {
    return new Procedure.Random(seed);
  }

  @Override
  public String toString() {
    return id;
  }
}
