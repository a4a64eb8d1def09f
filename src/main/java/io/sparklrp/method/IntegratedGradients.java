package io.sparklrp.method;

import io.sparklrp.graph.ModelGraph;
import io.sparklrp.model.Procedure;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.ForwardCompiler;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.RelevanceCompiler;
import io.sparklrp.relevance.RuleTable;
import io.sparklrp.relevance.TargetSource;
import io.sparklrp.relevance.readout.LineProduct;
import java.util.List;
import java.util.Optional;

/**
 * Integrated gradients (Sundararajan et al. 2017): the mean of the plain gradient along the
 * straight line from a baseline to the embeddings, times what is between them. The middles of equal
 * parts of the line are read. The ledger has the baseline's own score; its residual is the
 * completeness gap.
 *
 * @param id the name that users write
 * @param description what it does, in one sentence
 * @param steps how many parts
 * @param isFromPadding whether the baseline is the padding token's embedding; zeros where not
 */
public record IntegratedGradients(String id, String description, int steps, boolean isFromPadding)
    implements Method {
  /** The ledger's entry of the score where all embeddings are the baseline's. */
  public static final String BASELINE = "baseline";

  /** The same in so many steps. */
  IntegratedGradients in(int parts) {
    return new IntegratedGradients(id, description, parts, isFromPadding);
  }

  /** The same from the padding token's embedding, or from zeros. */
  IntegratedGradients from(boolean isPadding) {
    return new IntegratedGradients(id, description, steps, isPadding);
  }

  @Override
  public String variant() {
    return isFromPadding ? "from padding" : "";
  }

  @Override
  public CompiledRelevance append(ModelGraph forward, TargetSource target, LedgerDetail detail) {
    return ForwardCompiler.compile(forward, target, List.of(BASELINE));
  }

  /**
   * What is computed at one point of the line.
   *
   * @param replaced the forward pass of embeddings on the line
   * @param embeddings name of the line's end
   * @param baseline name of its beginning
   * @param target where the seed comes from
   */
  public CompiledRelevance step(
      ModelGraph replaced, String embeddings, String baseline, TargetSource target) {
    return RelevanceCompiler.compile(
        replaced,
        Methods.GRADIENT_X_INPUT.rules(),
        new LineProduct(embeddings, isFromPadding ? Optional.of(baseline) : Optional.empty()),
        target,
        LedgerDetail.LAYER);
  }

  @Override
  public Procedure procedure(CompiledRelevance appended) {
    return new Procedure.Path(steps);
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
