package io.sparklrp.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.compile.Compilation;
import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.pass.ScaledValue;
import io.sparklrp.method.Gradient;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.DoubleExplanation;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.GraphMethods;
import io.sparklrp.oracle.SyntheticBert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties that hold for every BERT: on random shapes and weights, in double precision. */
class RandomBertTest {
  private static final List<String> ACTIVATIONS =
      List.of("gelu", "gelu_new", "relu", "silu", "quick_gelu", "tanh", "sigmoid");

  /** float32 constants of the relevance pass, such as sqrt(1/2) in GELU, in double arithmetic. */
  private static final double ROUNDING = 1e-6;

  private static final double EXACT = 1e-10;

  private static final List<Method> GRADIENTS =
      Methods.all().stream().filter(Gradient.class::isInstance).toList();

  @TempDir Path directory;

  static Stream<SyntheticBert> models() {
    return IntStream.range(0, 2 * ACTIVATIONS.size())
        .mapToObj(i -> SyntheticBert.tiny(4711 + i, ACTIVATIONS.get(i % ACTIVATIONS.size())));
  }

  private ModelGraph forward(SyntheticBert shape) throws IOException {
    shape.write(directory);
    Files.copy(
        GoldenFixture.of("bert-seqcls").directory().resolve("tokenizer.json"),
        directory.resolve("tokenizer.json"));
    return Architectures.build(Checkpoint.open(directory)).model();
  }

  private static CompiledRelevance compile(ModelGraph model, Method method) {
    return Compilation.compile(model, method, TargetSource.SEED, LedgerDetail.LAYER);
  }

  private static List<long[]> records(SyntheticBert shape) {
    Random random = new Random(shape.seed());
    return IntStream.of(1, 5, 9)
        .mapToObj(length -> random.longs(length, 0, shape.vocabulary()).toArray())
        .toList();
  }

  private static double[] seed(SyntheticBert shape, double first, double last) {
    double[] seed = new double[shape.labels()];
    seed[0] = first;
    seed[seed.length - 1] = last;
    return seed;
  }

  @ParameterizedTest
  @MethodSource("models")
  void ledgerClosesUnderConservativeMethods(SyntheticBert shape) throws IOException {
    ModelGraph model = forward(shape);
    for (Method method : List.of(Methods.LRP, Methods.LRP_STAY)) {
      DoubleExplanation explained =
          DoubleExplanation.of(compile(model, method), seed(shape, 1, -1), records(shape));
      for (int b = 0; b < 3; b++) {
        assertThat(explained.residual(b) / explained.scale(b))
            .as("%s, record %d of %s", method, b, shape)
            .isCloseTo(0, within(ROUNDING));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientXInputIsTheSlopeAlongTheEmbeddings(SyntheticBert shape) throws IOException {
    ModelGraph model = forward(shape);
    float step = 1f / (1 << 14);
    double[] seed = seed(shape, 1, 0);
    DoubleExplanation exact =
        DoubleExplanation.of(compile(model, Methods.GRADIENT_X_INPUT), seed, records(shape));
    DoubleExplanation more = DoubleExplanation.of(scaled(model, 1 + step), seed, records(shape));
    DoubleExplanation less = DoubleExplanation.of(scaled(model, 1 - step), seed, records(shape));
    for (int b = 0; b < 3; b++) {
      double slope = (more.score(b) - less.score(b)) / (2 * step);
      assertThat(Arrays.stream(exact.relevance(b)).sum())
          .as("record %d of %s", b, shape)
          .isCloseTo(slope, within(1e-4 * exact.scale(b)));
    }
  }

  private static CompiledRelevance scaled(ModelGraph model, float factor) {
    ModelGraph changed =
        new ModelGraph(
            ScaledValue.apply(model.graph(), model.embeddings(), factor),
            model.embeddings(),
            model.logits());
    return compile(changed, Methods.GRADIENT_X_INPUT);
  }

  @ParameterizedTest
  @MethodSource("models")
  void relevanceAndLedgerAreLinearInTheSeed(SyntheticBert shape) throws IOException {
    ModelGraph model = forward(shape);
    for (Method method : GRADIENTS) {
      CompiledRelevance compiled = compile(model, method);
      DoubleExplanation first = DoubleExplanation.of(compiled, seed(shape, 1, 0), records(shape));
      DoubleExplanation last = DoubleExplanation.of(compiled, seed(shape, 0, 1), records(shape));
      DoubleExplanation both = DoubleExplanation.of(compiled, seed(shape, 2, -3), records(shape));
      for (int b = 0; b < 3; b++) {
        String which = String.format("%s, record %d of %s", method, b, shape);
        assertThat(both.relevance(b))
            .as(which)
            .containsExactly(mixed(first.relevance(b), last.relevance(b)), within(EXACT));
        assertThat(both.ledger(b))
            .as(which)
            .containsExactly(mixed(first.ledger(b), last.ledger(b)), within(EXACT));
      }
    }
  }

  private static double[] mixed(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> 2 * a[i] - 3 * b[i]).toArray();
  }

  @ParameterizedTest
  @MethodSource("models")
  void paddingGetsExactlyNothingAndChangesNothing(SyntheticBert shape) throws IOException {
    ModelGraph model = forward(shape);
    double[] seed = seed(shape, 1, 0);
    for (Method method : GraphMethods.all()) {
      CompiledRelevance compiled = compile(model, method);
      DoubleExplanation batch =
          DoubleExplanation.padded(compiled, seed, records(shape), shape.positions());
      for (int b = 0; b < 3; b++) {
        long[] ids = records(shape).get(b);
        String which = String.format("%s, record %d of %s", method, b, shape);
        DoubleExplanation alone = DoubleExplanation.of(compiled, seed, List.of(ids));
        double[] together = batch.relevance(b);
        assertThat(Arrays.copyOf(together, ids.length))
            .as(which)
            .containsExactly(alone.relevance(0), within(EXACT));
        assertThat(Arrays.copyOfRange(together, ids.length, together.length))
            .as(which)
            .containsOnly(0.0);
        assertThat(batch.ledger(b)).as(which).containsExactly(alone.ledger(0), within(EXACT));
      }
    }
  }

  /** The compiler's walk over the whole forward pass, without any of the passes. */
  @ParameterizedTest
  @MethodSource("models")
  void passesChangeNothing(SyntheticBert shape) throws IOException {
    ModelGraph model = forward(shape);
    double[] seed = seed(shape, 1, -2);
    for (Method method : GraphMethods.all()) {
      CompiledRelevance whole = method.append(model, TargetSource.SEED, LedgerDetail.LAYER);
      DoubleExplanation plain = DoubleExplanation.of(whole, seed, records(shape));
      DoubleExplanation passed = DoubleExplanation.of(compile(model, method), seed, records(shape));
      assertThat(passed.entries()).isEqualTo(plain.entries());
      for (int b = 0; b < 3; b++) {
        String which = String.format("%s, record %d of %s", method, b, shape);
        double close = ROUNDING * plain.rounding(b);
        assertThat(passed.relevance(b))
            .as(which)
            .containsExactly(plain.relevance(b), within(close));
        assertThat(passed.ledger(b)).as(which).containsExactly(plain.ledger(b), within(close));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void predictedClassIsTheHighestLogits(SyntheticBert shape) throws IOException {
    ModelGraph model = forward(shape);
    CompiledRelevance predicted =
        Compilation.compile(model, Methods.LRP_STAY, TargetSource.PREDICTED, LedgerDetail.LAYER);
    DoubleExplanation explained = DoubleExplanation.of(predicted, null, records(shape));
    for (int b = 0; b < 3; b++) {
      assertThat(explained.score(b))
          .as("record %d of %s", b, shape)
          .isEqualTo(Arrays.stream(explained.logits(b)).max().orElseThrow());
    }
  }
}
