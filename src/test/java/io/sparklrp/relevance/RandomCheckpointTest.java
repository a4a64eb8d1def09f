package io.sparklrp.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.compile.Compilation;
import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.pass.OutputRows;
import io.sparklrp.graph.pass.ScaledValue;
import io.sparklrp.method.Gradient;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.DoubleExplanation;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.GraphMethods;
import io.sparklrp.oracle.SyntheticCheckpoint;
import io.sparklrp.oracle.SyntheticInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Properties that hold for every architecture and head: on random shapes and weights, in double
 * precision. Of outputs for every token, one or two rows of each record are explained.
 */
class RandomCheckpointTest {
  private static final long SEED = 20220717;

  /** float32 constants of the relevance pass, such as sqrt(1/2) in GELU, in double arithmetic. */
  private static final double ROUNDING = 1e-6;

  private static final double EXACT = 1e-10;

  private static final List<Method> GRADIENTS =
      Methods.all().stream().filter(Gradient.class::isInstance).toList();

  @TempDir Path directory;

  static Stream<SyntheticCheckpoint> models() {
    List<String> names = GoldenFixture.names();
    return IntStream.range(0, names.size())
        .mapToObj(i -> SyntheticCheckpoint.of(names.get(i), SEED + i));
  }

  /** One of each type, of other shapes. */
  static Stream<SyntheticCheckpoint> types() {
    Map<String, SyntheticCheckpoint> types = new LinkedHashMap<>();
    for (String name : GoldenFixture.names()) {
      SyntheticCheckpoint checkpoint = SyntheticCheckpoint.of(name, 3 * SEED + types.size());
      types.putIfAbsent(checkpoint.config().get("model_type").asText(), checkpoint);
    }
    return types.values().stream();
  }

  @Test
  void everyTypeOfModelTakesPart() {
    assertThat(types().map(model -> model.config().get("model_type").asText()))
        .containsAll(Architectures.modelTypes());
  }

  private ModelGraph forward(SyntheticCheckpoint checkpoint) throws IOException {
    ModelGraph model = Architectures.build(checkpoint.write(directory)).model();
    boolean byToken = model.graph().value(model.logits()).rank() == 3;
    return byToken ? OutputRows.select(model, Dim.of(1 + checkpoint.seed() % 2)) : model;
  }

  private static CompiledRelevance compile(ModelGraph model, Method method) {
    return Compilation.compile(model, method, TargetSource.SEED, LedgerDetail.LAYER);
  }

  private static String which(SyntheticCheckpoint checkpoint, Method method, int record) {
    return String.format(
        "%s, record %d of %s: %s", method, record, checkpoint, checkpoint.config());
  }

  private static double scale(DoubleExplanation explained, int record) {
    return Math.max(explained.scale(record), explained.rounding(record));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("models")
  void ledgerClosesUnderConservativeMethods(SyntheticCheckpoint checkpoint) throws IOException {
    ModelGraph model = forward(checkpoint);
    for (Method method : List.of(Methods.LRP, Methods.LRP_STAY)) {
      CompiledRelevance compiled = compile(model, method);
      DoubleExplanation explained =
          DoubleExplanation.of(
              compiled, new SyntheticInputs(checkpoint).batch(compiled.graph(), 0, 1, -1));
      for (int b = 0; b < SyntheticInputs.count(); b++) {
        assertThat(explained.residual(b) / scale(explained, b))
            .as(which(checkpoint, method, b))
            .isCloseTo(0, within(ROUNDING));
      }
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("models")
  void gradientXInputIsTheSlopeAlongTheEmbeddings(SyntheticCheckpoint checkpoint)
      throws IOException {
    ModelGraph model = forward(checkpoint);
    float step = 1f / (1 << 14);
    DoubleExplanation exact = gradient(checkpoint, model);
    DoubleExplanation more = gradient(checkpoint, scaled(model, 1 + step));
    DoubleExplanation less = gradient(checkpoint, scaled(model, 1 - step));
    for (int b = 0; b < SyntheticInputs.count(); b++) {
      double slope = (more.score(b) - less.score(b)) / (2 * step);
      assertThat(Arrays.stream(exact.relevance(b)).sum())
          .as(which(checkpoint, Methods.GRADIENT_X_INPUT, b))
          .isCloseTo(slope, within(1e-4 * scale(exact, b)));
    }
  }

  private static DoubleExplanation gradient(SyntheticCheckpoint checkpoint, ModelGraph model) {
    CompiledRelevance compiled = compile(model, Methods.GRADIENT_X_INPUT);
    return DoubleExplanation.of(
        compiled, new SyntheticInputs(checkpoint).batch(compiled.graph(), 0, 1, 2));
  }

  private static ModelGraph scaled(ModelGraph model, float factor) {
    return new ModelGraph(
        ScaledValue.apply(model.graph(), model.embeddings(), factor),
        model.embeddings(),
        model.logits());
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("types")
  void relevanceAndLedgerAreLinearInTheSeed(SyntheticCheckpoint checkpoint) throws IOException {
    ModelGraph model = forward(checkpoint);
    SyntheticInputs inputs = new SyntheticInputs(checkpoint);
    for (Method method : GRADIENTS) {
      CompiledRelevance compiled = compile(model, method);
      DoubleExplanation first =
          DoubleExplanation.of(compiled, inputs.batch(compiled.graph(), 0, 1, 0));
      DoubleExplanation last =
          DoubleExplanation.of(compiled, inputs.batch(compiled.graph(), 0, 0, 1));
      DoubleExplanation both =
          DoubleExplanation.of(compiled, inputs.batch(compiled.graph(), 0, 2, -3));
      for (int b = 0; b < SyntheticInputs.count(); b++) {
        double close = EXACT * (scale(first, b) + scale(last, b));
        assertThat(both.relevance(b))
            .as(which(checkpoint, method, b))
            .containsExactly(mixed(first.relevance(b), last.relevance(b)), within(close));
        assertThat(both.ledger(b))
            .as(which(checkpoint, method, b))
            .containsExactly(mixed(first.ledger(b), last.ledger(b)), within(close));
      }
    }
  }

  private static double[] mixed(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> 2 * a[i] - 3 * b[i]).toArray();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("types")
  void paddingGetsExactlyNothingAndChangesNothing(SyntheticCheckpoint checkpoint)
      throws IOException {
    ModelGraph model = forward(checkpoint);
    SyntheticInputs inputs = new SyntheticInputs(checkpoint);
    for (Method method : GraphMethods.all()) {
      CompiledRelevance compiled = compile(model, method);
      DoubleExplanation batch =
          DoubleExplanation.of(compiled, inputs.batch(compiled.graph(), 2, 1, -2));
      for (int b = 0; b < SyntheticInputs.count(); b++) {
        DoubleExplanation alone =
            DoubleExplanation.of(compiled, inputs.alone(compiled.graph(), b, 1, -2));
        double close = EXACT * scale(alone, 0);
        double[] own = alone.relevance(0);
        double[] together = batch.relevance(b);
        assertThat(Arrays.copyOf(together, own.length))
            .as(which(checkpoint, method, b))
            .containsExactly(own, within(close));
        assertThat(Arrays.stream(together).skip(own.length))
            .as(which(checkpoint, method, b))
            .allMatch(amount -> amount == 0);
        assertThat(batch.ledger(b))
            .as(which(checkpoint, method, b))
            .containsExactly(alone.ledger(0), within(close));
      }
    }
  }

  /** Selected rows and the walk over the whole forward pass, without any of the passes. */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("models")
  void passesChangeNothing(SyntheticCheckpoint checkpoint) throws IOException {
    ModelGraph model = forward(checkpoint);
    SyntheticInputs inputs = new SyntheticInputs(checkpoint);
    for (Method method : GraphMethods.all()) {
      CompiledRelevance whole = method.append(model, TargetSource.SEED, LedgerDetail.LAYER);
      CompiledRelevance pruned = compile(model, method);
      DoubleExplanation plain = DoubleExplanation.of(whole, inputs.batch(whole.graph(), 1, 1, -2));
      DoubleExplanation passed =
          DoubleExplanation.of(pruned, inputs.batch(pruned.graph(), 1, 1, -2));
      assertThat(passed.entries()).containsExactlyInAnyOrderElementsOf(plain.entries());
      for (int b = 0; b < SyntheticInputs.count(); b++) {
        double close = ROUNDING * scale(plain, b);
        assertThat(passed.score(b))
            .as(which(checkpoint, method, b))
            .isCloseTo(plain.score(b), within(close));
        assertThat(passed.relevance(b))
            .as(which(checkpoint, method, b))
            .containsExactly(plain.relevance(b), within(close));
        for (String entry : plain.entries()) {
          assertThat(passed.ledger(b)[passed.entries().indexOf(entry)])
              .as("%s, %s", entry, which(checkpoint, method, b))
              .isCloseTo(plain.ledger(b)[plain.entries().indexOf(entry)], within(close));
        }
      }
    }
  }
}
