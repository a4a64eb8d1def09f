package io.sparklrp.compile;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.pass.CommonSubexpressions;
import io.sparklrp.graph.pass.DeadCode;
import io.sparklrp.graph.pass.LowRank;
import io.sparklrp.graph.pass.MaskedKeys;
import io.sparklrp.graph.pass.OutputRows;
import io.sparklrp.graph.pass.Pass;
import io.sparklrp.graph.pass.PassLog;
import io.sparklrp.graph.pass.Quantisation;
import io.sparklrp.graph.pass.ReplacedRows;
import io.sparklrp.graph.pass.ScaleFolding;
import io.sparklrp.graph.pass.SingleQueryAttention;
import io.sparklrp.graph.pass.SlicePushdown;
import io.sparklrp.graph.pass.SoftmaxShift;
import io.sparklrp.graph.pass.Stage;
import io.sparklrp.graph.pass.TokenSums;
import io.sparklrp.graph.pass.TurnedProduct;
import io.sparklrp.method.IntegratedGradients;
import io.sparklrp.method.Method;
import io.sparklrp.model.Numerics;
import io.sparklrp.model.Precision;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.ForwardCompiler;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.RelevanceNodes;
import io.sparklrp.relevance.TargetLoop;
import io.sparklrp.relevance.TargetSource;
import io.sparklrp.relevance.target.Targets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The passes in their order: select what is read, prune the forward pass, append what a method
 * needs, remove what is equal or unread, give it its targets, keep what of the outputs is written.
 */
public final class Compilation {
  private static final Stage<Compiling> PRUNING =
      new Stage<>(
          "prune",
          List.of(
              Compiling.ofGraph(SlicePushdown.PASS), Compiling.ofGraph(SingleQueryAttention.PASS)),
          new KeptKinds());

  private static final Stage<Compiling> UNPRUNED = new Stage<>("prune", List.of());

  private static final Stage<Compiling> CLEANING =
      new Stage<>(
          "clean",
          List.of(
              Compiling.ofGraph(CommonSubexpressions.PASS),
              Compiling.ofGraph(DeadCode.PASS),
              Compiling.ofGraph(LowRank.PASS),
              Compiling.ofGraph(SoftmaxShift.PASS),
              Compiling.ofGraph(TurnedProduct.PASS),
              Compiling.ofGraph(TokenSums.PASS),
              Compiling.ofGraph(ScaleFolding.PASS)));

  private Compilation() {}

  /** The forward pass with only what its logits need. */
  public static ModelGraph pruned(ModelGraph model) {
    return PRUNING.run(Compiling.of(model), Compiling::graph, PassLog.NONE).model();
  }

  /** The compiled forward and relevance pass of a model. */
  public static CompiledRelevance compile(
      ModelGraph model, Method method, TargetSource target, LedgerDetail detail) {
    TargetPlan plan =
        new TargetPlan(Optional.empty(), target, Optional.empty(), OptionalInt.empty());
    return run(stages(method, plan, Numerics.FLOAT32, detail), model, PassLog.NONE);
  }

  /** The same in other numbers. */
  public static CompiledRelevance compile(
      ModelGraph model, Method method, TargetSource target, Numerics numerics) {
    return compile(
        model, method, TargetPlan.of(target), numerics, LedgerDetail.LAYER, PassLog.NONE);
  }

  /**
   * The same for the kind of targets that a plan says, telling of each pass.
   *
   * @throws UserException if the model cannot be compiled, whatever the reason
   */
  static CompiledRelevance compile(
      ModelGraph model,
      Method method,
      TargetPlan plan,
      Numerics numerics,
      LedgerDetail detail,
      PassLog log) {
    return run(stages(method, plan, numerics, detail), model, log);
  }

  /** Whatever goes wrong with a graph is told of the model. */
  private static CompiledRelevance run(
      List<Stage<Compiling>> stages, ModelGraph model, PassLog log) {
    try {
      Compiling state = Compiling.of(model);
      for (Stage<Compiling> stage : stages) {
        state = stage.run(state, Compiling::graph, log);
      }
      return state.relevance();
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UserException(
          String.format(
              "Cannot explain the model: its graph cannot be compiled (%s). Report it with the model's name.",
              Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName())),
          e);
    }
  }

  private static List<Stage<Compiling>> stages(
      Method method, TargetPlan plan, Numerics numerics, LedgerDetail detail) {
    Pass<Compiling> appending = appending(method, plan.source(), detail);
    boolean readsAllRows = method.readsAllRows() || detail.isByToken();
    return stages(readsAllRows ? UNPRUNED : PRUNING, appending, plan, numerics);
  }

  private static List<Stage<Compiling>> stages(
      Stage<Compiling> pruning, Pass<Compiling> appending, TargetPlan plan, Numerics numerics) {
    return List.of(
        new Stage<>(
            "select", plan.rows().map(OutputRows::pass).map(Compiling::ofModel).stream().toList()),
        pruning,
        new Stage<>("append", List.of(appending)),
        CLEANING,
        new Stage<>("precision", precision(numerics)),
        new Stage<>(
            "targets",
            plan.targets().map(Compilation::loop).map(Compiling::ofRelevance).stream().toList()),
        new Stage<>(
            "outputs",
            plan.highest().stream()
                .mapToObj(RankedLogits::pass)
                .map(Compiling::ofRelevance)
                .toList()));
  }

  private static Pass<Compiling> appending(
      Method method, TargetSource source, LedgerDetail detail) {
    return new Pass<>(
        method.id(),
        method.description(),
        state -> state.with(method.append(state.model(), source, detail)));
  }

  /** Masks of scores weigh most where products are fast; in float32 short texts gain nothing. */
  private static List<Pass<Compiling>> precision(Numerics numerics) {
    return quantising(numerics).stream()
        .flatMap(quantising -> Stream.of(MaskedKeys.PASS, quantising))
        .map(Compiling::ofGraph)
        .toList();
  }

  private static Optional<Pass<Graph>> quantising(Numerics numerics) {
    return switch (numerics.precision()) {
      case FLOAT32 -> Optional.empty();
      case MIXED ->
          Optional.of(Quantisation.pass(RelevanceNodes::isRelevance, numerics.weightBits()));
      case INT8 -> Optional.of(Quantisation.pass(node -> true, numerics.weightBits()));
    };
  }

  /** The score of targets that are given, of embeddings that can be replaced. */
  static Graph score(ModelGraph replaced, TargetPlan plan, Numerics numerics) {
    TargetPlan given = plan.ofGiven(true);
    Pass<Compiling> appending =
        new Pass<>(
            "score",
            "The explained score alone.",
            state -> state.with(ForwardCompiler.score(state.model(), given.source())));
    return run(stages(PRUNING, appending, given, numerics), replaced, PassLog.NONE).graph();
  }

  /** What integrated gradients compute at one point of their line, for one target. */
  static Graph step(
      IntegratedGradients method,
      ReplacedRows.Replaced replaced,
      TargetPlan plan,
      Numerics numerics) {
    TargetPlan given = plan.ofGiven(false);
    Pass<Compiling> appending =
        new Pass<>(
            "step",
            "The gradient at one point of a line.",
            state ->
                state.with(
                    method.step(
                        state.model(),
                        replaced.embeddings(),
                        replaced.replacement(),
                        given.source())));
    return run(stages(PRUNING, appending, given, numerics), replaced.model(), PassLog.NONE).graph();
  }

  /** A forward pass alone, in the same numbers. */
  static Graph inNumbers(Graph forward, Numerics numerics) {
    return numerics.precision() == Precision.INT8
        ? quantising(numerics).orElseThrow().apply(forward)
        : forward;
  }

  private static Pass<CompiledRelevance> loop(Targets targets) {
    return new Pass<>(
        "target loop",
        "Computes once what does not depend on the target.",
        compiled -> TargetLoop.apply(compiled, targets));
  }
}
