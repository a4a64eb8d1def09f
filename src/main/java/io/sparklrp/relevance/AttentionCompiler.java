package io.sparklrp.relevance;

import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import io.sparklrp.relevance.readout.AttentionReadOut;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Appends to a forward pass what reads its attention weights: nothing goes back through it. */
public final class AttentionCompiler {
  private AttentionCompiler() {}

  /**
   * Compiles.
   *
   * @param model the forward pass, of which no rows were left out
   * @param readOut how one number a token is made of the weights
   * @param target which outputs the score is made of
   * @throws io.sparklrp.error.UserException if the model has no such weights
   */
  public static CompiledRelevance compile(
      ModelGraph model, AttentionReadOut readOut, TargetSource target) {
    GraphBuilder builder = GraphBuilder.from(model.graph());
    Ops ops = new Ops(builder, "relevance", "relevance");
    ExplainedScore score = ExplainedScore.append(ops, builder.value(model.logits()), target);
    Value byToken = readOut.relevance(AttentionLayers.of(model, ops));
    Value relevance = ofTarget(ops, byToken, score);
    List<Value> results = new ArrayList<>(score.outputs(ops));
    results.add(ops.output(CompiledRelevance.RELEVANCE, relevance));
    results.add(
        ops.output(
            CompiledRelevance.LEDGER,
            new Ledger().total(ops.in("ledger"), ops.unsqueeze("column", score.score(), 1))));
    return new CompiledRelevance(builder.build(results), List.of());
  }

  /** All targets have the same numbers, and each has them. */
  private static Value ofTarget(Ops ops, Value byToken, ExplainedScore score) {
    long[] axes = LongStream.range(1, byToken.rank()).toArray();
    Value nothing = ops.mul("nothing", ops.unsqueeze("wide", score.score(), axes), ops.scalar(0f));
    return ops.add("of_target", byToken, nothing);
  }
}
