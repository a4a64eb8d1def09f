package io.sparklrp.compile;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.pass.CommonSubexpressions;
import io.sparklrp.graph.pass.DeadCode;
import io.sparklrp.relevance.CompiledRelevance;
import java.util.List;

/** The forward pass alone, whose only output is the model's. */
final class PredictGraph {
  private PredictGraph() {}

  static Graph of(ModelGraph model) {
    GraphBuilder builder = GraphBuilder.from(Compilation.pruned(model).graph());
    Value logits =
        builder.hasValue(CompiledRelevance.LOGITS)
            ? builder.value(CompiledRelevance.LOGITS)
            : new Ops(builder, "predict", "head")
                .output(CompiledRelevance.LOGITS, builder.value(model.logits()));
    return DeadCode.remove(CommonSubexpressions.merge(builder.build(List.of(logits))));
  }
}
