package io.sparklrp.method;

import io.sparklrp.graph.ModelGraph;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.RelevanceCompiler;
import io.sparklrp.relevance.RuleTable;
import io.sparklrp.relevance.TargetSource;
import io.sparklrp.relevance.readout.ReadOut;

/**
 * The plain gradient, read otherwise than as its product with the input: no shares of the score, so
 * that the ledger has no entries.
 *
 * @param id the name that users write
 * @param description what it does, in one sentence
 * @param readOut how one number a token is made of the gradients
 * @param readsAllRows whether it reads rows that the score does not depend on
 */
public record TrueGradient(String id, String description, ReadOut readOut, boolean readsAllRows)
    implements Method {
  @Override
  public CompiledRelevance append(ModelGraph forward, TargetSource target, LedgerDetail detail) {
    return RelevanceCompiler.compile(
        forward, Methods.GRADIENT_X_INPUT.rules(), readOut, target, detail);
  }

  @Override
  public RuleTable ruleTable(ModelGraph forward) {
    return Methods.GRADIENT_X_INPUT.ruleTable(forward);
  }

  @Override
  public String toString() {
    return id;
  }
}
