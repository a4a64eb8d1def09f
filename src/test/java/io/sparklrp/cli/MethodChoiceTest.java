package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a method beside its name: from the command to the rows, and made again. */
@ExtendWith(LocalSpark.class)
class MethodChoiceTest {
  /** Up to rounding: the same in another order. */
  private static final Comparator<Float> FLOATS =
      (a, b) -> Math.abs(a - b) < 1e-6f ? 0 : Float.compare(a, b);

  @TempDir Path directory;

  private Path explained(String... more) throws Exception {
    Path input =
        Files.write(
            directory.resolve("in.jsonl"),
            List.of(
                "{\"id\": \"a\", \"text\": \"the film was not bad at all\"}",
                "{\"id\": \"b\", \"text\": \"dull\"}",
                "{\"id\": \"c\", \"text\": \"the film was not bad at all\"}"));
    Path output = directory.resolve("out" + String.join("_", more).replace('/', '_'));
    CommandRun.explain(
            input, output, CommandRun.join(new String[] {"--input-format", "json"}, more))
        .done();
    return output;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "integrated-gradients --steps 8",
        "attention-flow --flow normalised",
        "random --seed 5",
        "random --id-column id",
        "lrp --gamma 0.25",
        "lrp-stay --epsilon 0.1",
        "gradient-x-input --ledger by-cause",
        "lrp-stay --bias per-token",
        "lrp-ah --bias per-token --ledger by-cause",
        "lrp-stay --bias to-tokens",
        "lrp-stay --stay 0.75-0.25",
        "lrp-stay --stay 0.4 --stay-query 0.5",
        "lrp-stay --bias per-token --max-length 6 --stride 2",
        "lrp --at embedding-output",
        "integrated-gradients --steps 4 --baseline pad",
        "occlusion"
      })
  void rowsAreMadeAgainAsTheyWere(String options) throws Exception {
    Path output = explained(("--method " + options).split(" "));
    CommandRun run = CommandRun.of("verify", "--input", output.toString());
    run.done();
    assertThat(run.out()).contains("made 3 of them again");
  }

  private static Map<String, List<Float>> relevance(Path output) {
    return LocalSpark.read(output)
        .selectExpr("id", "transform(tokens, t -> t.relevance) as relevance")
        .collectAsList()
        .stream()
        .collect(java.util.stream.Collectors.toMap(row -> row.getString(0), row -> row.getList(1)));
  }

  @Test
  void randomNumbersHangOnTheIdWhereThereIsOne() throws Exception {
    Map<String, List<Float>> byText = relevance(explained("--method", "random"));
    Map<String, List<Float>> byId = relevance(explained("--method", "random", "--id-column", "id"));
    Map<String, List<Float>> other =
        relevance(explained("--method", "random", "--id-column", "id", "--seed", "1"));
    assertThat(byText.get("a")).isEqualTo(byText.get("c"));
    assertThat(byId.get("a")).isNotEqualTo(byId.get("c"));
    assertThat(other.get("a")).isNotEqualTo(byId.get("a"));
  }

  @Test
  void causesSplitTheResidual() throws Exception {
    Path output = explained("--method", "gradient-x-input", "--ledger", "by-cause");
    for (Row row :
        LocalSpark.read(output).select("ledger.residual", "ledger.by_cause").collectAsList()) {
      double absorbed =
          row.<String, Double>getJavaMap(1).values().stream()
              .mapToDouble(Double::doubleValue)
              .sum();
      assertThat(absorbed).isCloseTo(row.getDouble(0), within(1e-5));
      assertThat(row.<String, Double>getJavaMap(1)).containsKey("attention softmax/layer.0");
    }
    Path usual = explained("--method", "gradient-x-input");
    assertThat(LocalSpark.read(usual).where("ledger.by_cause is not null").count()).isZero();
  }

  /** What a token's row adds is a part of what the ledger books, in which nothing changes. */
  @Test
  void biasOfTokensIsToldWhereItIsAskedFor() throws Exception {
    Path usual = explained();
    Path output = explained("--bias", "per-token");
    Map<String, List<Float>> before = relevance(usual);
    relevance(output)
        .forEach(
            (id, numbers) ->
                assertThat(numbers)
                    .usingComparatorForType(FLOATS, Float.class)
                    .containsExactlyElementsOf(before.get(id)));
    for (Row row :
        LocalSpark.read(output)
            .selectExpr(
                "aggregate(tokens, 0D, (sum, t) -> sum + t.bias)",
                "ledger.bias - coalesce(ledger.bias_by_layer['head'], 0D)")
            .collectAsList()) {
      assertThat(row.getDouble(0)).isCloseTo(row.getDouble(1), within(1e-5));
    }
    assertThat(LocalSpark.read(usual).where("exists(tokens, t -> t.bias is not null)").count())
        .isZero();
  }

  /** Before it is looked whether there is anything to read. */
  @Test
  void whatAMethodDoesNotHaveIsRefused() {
    Path nowhere = directory.resolve("nowhere");
    CommandRun.explain(nowhere, directory.resolve("out"), "--steps", "8")
        .refused("--steps 8", "lrp-stay");
  }
}
