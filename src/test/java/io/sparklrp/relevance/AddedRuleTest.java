package io.sparklrp.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.UserMessage;
import io.sparklrp.relevance.readout.InputProduct;
import io.sparklrp.relevance.rule.Backward;
import io.sparklrp.relevance.rule.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A rule is one class: with it, a model that was refused is explained, and nothing else changes. As
 * CONTRIBUTING describes, but for the registration, which is for this test alone.
 */
class AddedRuleTest {
  /** |x| = x sign(x): linear in x once its sign is a constant, and conservative so. */
  private static final class AbsoluteRule implements Rule {
    @Override
    public void propagate(Node node, Backward backward) {
      Ops ops = backward.ops(node);
      Value sign = ops.unary("sign", "Sign", backward.input(node, 0));
      backward.toInput(node, 0, ops.mul("turned", backward.gradient(node), sign));
    }
  }

  /** |X| W by record and token, summed over tokens. */
  private static ModelGraph model() {
    GraphBuilder builder = new GraphBuilder("absolute");
    Ops ops = new Ops(builder, "model", "head");
    Value x =
        builder.input(
            "x",
            DataType.FLOAT32,
            Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(2)));
    Value words = ops.unary("words", "Identity", x);
    Value weight =
        builder.initializer("weight", Tensor.floats(new long[] {2, 2}, 1f, -2f, 3f, 0.5f));
    Value rows = ops.matMul("rows", ops.unary("absolute", "Abs", words), weight);
    Value logits = ops.reduceSum("sum", rows, false, 1);
    return new ModelGraph(builder.build(List.of(logits)), words.name(), logits.name());
  }

  @Test
  void withoutItTheModelIsRefusedByName() {
    UserMessage.of(
            () ->
                RelevanceCompiler.compile(
                    model(),
                    Methods.LRP.rules(),
                    new InputProduct(),
                    TargetSource.SEED,
                    LedgerDetail.LAYER))
        .contains("model.absolute (Abs)");
  }

  @Test
  void withItTheScoreIsConserved() {
    RuleSet rules = Methods.LRP.rules().with("Abs", new AbsoluteRule());
    CompiledRelevance compiled =
        RelevanceCompiler.compile(
            model(), rules, new InputProduct(), TargetSource.SEED, LedgerDetail.LAYER);
    Map<String, DoubleTensor> values =
        Interpreter.run(
            compiled.graph(),
            Map.of(
                "x", DoubleTensor.of(new int[] {1, 3, 2}, 1, -2, -0.5, 4, 0.25, -3),
                "seed", DoubleTensor.of(new int[] {1, 2}, 1, 0)));
    double[] wanted = {1 * 1 + 2 * 3, 0.5 * 1 + 4 * 3, 0.25 * 1 + 3 * 3};
    assertThat(values.get("relevance").data()).containsExactly(wanted, within(1e-12));
    assertThat(values.get("score").data()[0]).isCloseTo(7 + 12.5 + 9.25, within(1e-12));
  }
}
