package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.pass.PassLog;
import io.sparklrp.graph.pass.PassStep;
import io.sparklrp.graph.pass.Plan;
import io.sparklrp.graph.pass.ScaleFolding;
import io.sparklrp.graph.pass.SlicePushdown;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.model.Numerics;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.GraphMethods;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.SyntheticBert;
import io.sparklrp.oracle.UserMessage;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.RuleTable;
import io.sparklrp.relevance.TargetSource;
import io.sparklrp.relevance.target.Targets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The passes change what is computed, and not what comes out: on random models. */
class CompilationTest {
  private static final List<String> OUTPUTS =
      List.of("logits", "predicted", "score", "relevance", "ledger");

  private static final int BATCH = 3;
  private static final int LENGTH = 6;
  private static final double EXACT = 1e-11;

  @TempDir Path directory;

  static Stream<SyntheticBert> models() {
    List<String> activations = List.of("gelu", "relu", "gelu_new", "silu");
    return IntStream.range(0, 8)
        .mapToObj(i -> SyntheticBert.tiny(9100 + i, activations.get(i % activations.size())));
  }

  private ModelGraph forward(SyntheticBert shape) throws IOException {
    return Architectures.build(EditableCheckpoint.of(shape, directory.resolve("model")).open())
        .model();
  }

  /** Random tokens, types and seeds, the records padded to different lengths. */
  private static Map<String, DoubleTensor> inputs(SyntheticBert shape) {
    Random random = new Random(shape.seed());
    Map<String, DoubleTensor> inputs = new HashMap<>();
    for (String name : List.of("input_ids", "attention_mask", "token_type_ids")) {
      inputs.put(name, DoubleTensor.zeros(BATCH, LENGTH));
    }
    for (int i = 0; i < BATCH * LENGTH; i++) {
      boolean isReal = i % LENGTH < LENGTH - 2 * (i / LENGTH);
      inputs.get("input_ids").data()[i] = isReal ? random.nextInt(shape.vocabulary()) : 0;
      inputs.get("attention_mask").data()[i] = isReal ? 1 : 0;
      inputs.get("token_type_ids").data()[i] = isReal ? random.nextInt(2) : 0;
    }
    DoubleTensor seed = DoubleTensor.zeros(BATCH, shape.labels());
    for (int i = 0; i < seed.data().length; i++) {
      seed.data()[i] = random.nextGaussian();
    }
    inputs.put("seed", seed);
    return inputs;
  }

  @ParameterizedTest
  @MethodSource("models")
  void prunedForwardGivesTheSameLogits(SyntheticBert shape) throws IOException {
    ModelGraph whole = forward(shape);
    ModelGraph pruned = Compilation.pruned(whole);
    assertThat(Interpreter.run(pruned.graph(), inputs(shape)).get(pruned.logits()).data())
        .as("%s", shape)
        .containsExactly(
            Interpreter.run(whole.graph(), inputs(shape)).get(whole.logits()).data(),
            within(EXACT));
  }

  /** Otherwise the test above would compare a graph with itself. */
  @ParameterizedTest
  @MethodSource("models")
  void lastLayersFeedForwardIsComputedForOneToken(SyntheticBert shape) throws IOException {
    ModelGraph whole = forward(shape);
    String wide = "bert.encoder.layer." + (shape.layers() - 1) + ".intermediate.dense.product";
    assertThat(whole.graph().value(wide).shape().dim(1).isFixed()).isFalse();
    assertThat(Compilation.pruned(whole).graph().value(wide).shape().dim(1).isOne())
        .as("%s", shape)
        .isTrue();
  }

  /** All passes against none, forward and backward, but the last: it rounds numbers once more. */
  @ParameterizedTest
  @MethodSource("models")
  void passesLeaveEveryOutputAsItIs(SyntheticBert shape) throws IOException {
    ModelGraph model = forward(shape);
    for (Method method : GraphMethods.all()) {
      Graph plain = method.append(model, TargetSource.SEED, LedgerDetail.LAYER).graph();
      Map<String, DoubleTensor> expected = Interpreter.run(plain, inputs(shape));
      Map<String, DoubleTensor> found =
          Interpreter.run(scaleFolding(model, method).before(), inputs(shape));
      for (String output : OUTPUTS) {
        assertThat(found.get(output).data())
            .as("%s of %s, %s", output, method, shape)
            .containsExactly(expected.get(output).data(), within(EXACT));
      }
    }
  }

  /** Biases that are multiplied by a number are stored in float32, and so rounded once more. */
  @ParameterizedTest
  @MethodSource("models")
  void numbersInProductsLeaveEveryOutputAsItIsUpToTheirRounding(SyntheticBert shape)
      throws IOException {
    ModelGraph model = forward(shape);
    for (Method method : GraphMethods.all()) {
      PassStep step = scaleFolding(model, method);
      Map<String, DoubleTensor> expected = Interpreter.run(step.before(), inputs(shape));
      Map<String, DoubleTensor> found = Interpreter.run(step.after(), inputs(shape));
      for (String output : OUTPUTS) {
        double[] exact = expected.get(output).data();
        double scale = Arrays.stream(exact).map(Math::abs).reduce(1, Math::max);
        assertThat(found.get(output).data())
            .as("%s of %s, %s", output, method, shape)
            .containsExactly(exact, within(Math.ulp(1f) * scale));
      }
    }
  }

  private static PassStep scaleFolding(ModelGraph model, Method method) {
    Plan plan = new Plan();
    Compilation.compile(
        model,
        method,
        TargetPlan.of(TargetSource.SEED),
        Numerics.FLOAT32,
        LedgerDetail.LAYER,
        plan);
    PassStep last = plan.steps().get(plan.steps().size() - 1);
    assertThat(last.pass()).isEqualTo(ScaleFolding.PASS.name());
    return last;
  }

  /**
   * A convolution over the weights, through which no row can be selected, between a softmax and its
   * values: attention stays attention.
   */
  @Test
  void nothingIsPrunedAtThePriceOfAKind() {
    GraphBuilder builder = new GraphBuilder("test");
    Ops ops = new Ops(builder, "m", "layer.0");
    Shape shape = Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(4));
    Value x = builder.input("x", DataType.FLOAT32, shape);
    Value weights = ops.softmax("weights", ops.fusedMatMul("scores", x, false, x, true, 1f));
    Value summed = ops.cumulativeSum("summed", weights, 1);
    Value context = ops.matMul("context", summed, x);
    Value first = ops.slice("first", context, 1, ops.longs(0), ops.longs(1));
    ModelGraph model = new ModelGraph(builder.build(List.of(first)), "x", first.name());
    assertThat(RuleTable.counts(Compilation.pruned(model))).isEqualTo(RuleTable.counts(model));
  }

  /**
   * The rows that records name cannot be selected before an Unsqueeze, and a product between scores
   * and softmax would have the scores taken for any other product.
   */
  @Test
  void whatWouldHideAttentionIsLeftOutAndTold() {
    GraphBuilder builder = new GraphBuilder("test");
    Ops ops = new Ops(builder, "m", "layer.0");
    Shape shape = Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(4));
    Value x = builder.input("x", DataType.FLOAT32, shape);
    Value scores = ops.fusedMatMul("scores", x, false, x, true, 1f);
    Value weights = ops.softmax("weights", ops.unsqueeze("by_head", scores, 1));
    Value context = ops.matMul("context", weights, ops.unsqueeze("values", x, 1));
    Value turned = ops.transpose("turned", context, List.of(0L, 2L, 1L, 3L));
    Value rows = ops.reshape("rows", turned, 0, 0, 4);
    ModelGraph model = new ModelGraph(builder.build(List.of(rows)), "x", rows.name());
    Plan plan = new Plan();
    TargetPlan oneRow =
        new TargetPlan(
            Optional.of(Dim.of(1)), TargetSource.SEED, Optional.empty(), OptionalInt.empty());
    Compilation.compile(model, Methods.LRP, oneRow, Numerics.FLOAT32, LedgerDetail.LAYER, plan);
    assertThat(plan.steps())
        .filteredOn(step -> step.leftOut().isPresent())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.pass()).isEqualTo(SlicePushdown.PASS.name());
              assertThat(step.leftOut().orElseThrow())
                  .contains("attention scores 1 -> 0", "matrix product 0 -> 1");
            });
  }

  /** What goes wrong while a model is compiled is the model's refusal, not the product's end. */
  @Test
  void whateverIsThrownRefusesTheModel() throws IOException {
    ModelGraph model = forward(SyntheticBert.tiny(9100, "gelu"));
    Targets broken =
        new Targets() {
          @Override
          public boolean areSeveral() {
            return false;
          }

          @Override
          public Chosen choose(Ops ops, Value logits) {
            throw new NoSuchElementException("No value present");
          }
        };
    TargetPlan plan =
        new TargetPlan(
            Optional.empty(), TargetSource.TARGETS, Optional.of(broken), OptionalInt.empty());
    UserMessage.of(
            () ->
                Compilation.compile(
                    model, Methods.LRP, plan, Numerics.FLOAT32, LedgerDetail.LAYER, PassLog.NONE))
        .contains("graph cannot be compiled", "No value present");
  }
}
