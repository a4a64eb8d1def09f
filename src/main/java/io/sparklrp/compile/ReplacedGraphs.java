package io.sparklrp.compile;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.pass.OutputRows;
import io.sparklrp.graph.pass.ReplacedRows;
import io.sparklrp.method.IntegratedGradients;
import io.sparklrp.model.Numerics;

/** Compiles what is run of a model again and again with embeddings replaced. */
final class ReplacedGraphs {
  private final ModelGraph model;
  private final Replacements by;
  private final TargetPlan plan;
  private final Numerics numerics;

  /**
   * Those of a model.
   *
   * @param by by what embeddings are replaced
   * @param plan what is asked of the outputs
   */
  ReplacedGraphs(ModelGraph model, Replacements by, TargetPlan plan, Numerics numerics) {
    this.model = model;
    this.by = by;
    this.plan = plan;
    this.numerics = numerics;
  }

  /** The score where tokens are hidden. */
  Graph occlusion() {
    return Compilation.score(ReplacedRows.apply(model, by.hiding()).model(), plan, numerics);
  }

  /** The score where embeddings are the baseline. */
  Graph baseline(IntegratedGradients path) {
    return Compilation.score(from(path).model(), plan, numerics);
  }

  /** What integrated gradients compute at one point of the line from the baseline. */
  Graph step(IntegratedGradients path) {
    return Compilation.step(path, from(path), plan, numerics);
  }

  private ReplacedRows.Replaced from(IntegratedGradients path) {
    return ReplacedRows.apply(model, path.isFromPadding() ? by.padding() : Replacements.zero());
  }

  /**
   * The rows of outputs that are asked for, where embeddings are those of what users name.
   *
   * @throws io.sparklrp.error.UserException if the model has no such token
   */
  Graph perturbed(String replacement) {
    ModelGraph replaced = ReplacedRows.apply(model, by.named(replacement)).model();
    ModelGraph selected =
        plan.rows().map(rows -> OutputRows.select(replaced, rows)).orElse(replaced);
    return Compilation.inNumbers(PredictGraph.of(selected), numerics);
  }
}
