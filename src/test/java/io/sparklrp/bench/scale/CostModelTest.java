package io.sparklrp.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CostModelTest {
  private static final Path FIGURES = Path.of("docs/scale.json");

  @Test
  void aSpeedIsFoundFromTimesThatItMade() throws IOException {
    ModelShape shape = inputs().model("minilm");
    EngineSpeed speed = new EngineSpeed(40e9, 15e9);
    List<BenchTime> times =
        IntStream.of(32, 128, 512)
            .mapToObj(
                length ->
                    new BenchTime(4, length, Map.of("float32", 4e3 * speed.seconds(shape, length))))
            .toList();
    EngineSpeed found = EngineSpeed.fit(shape, times, "float32");
    assertThat(found.weights()).isCloseTo(40e9, within(1e3));
    assertThat(found.attention()).isCloseTo(15e9, within(1e3));
  }

  @Test
  void measuredTimesAreMetToSevenPercent() throws IOException {
    for (ModelShape shape : inputs().models()) {
      for (BenchTime time : shape.bench()) {
        for (String precision : time.millis().keySet()) {
          EngineSpeed speed = EngineSpeed.fit(shape, shape.bench(), precision);
          double seconds = speed.seconds(shape, time.tokens()) / time.tokens();
          assertThat(seconds / time.secondsOfToken(precision))
              .as("%s %s at %d tokens", shape.id(), precision, time.tokens())
              .isBetween(0.93, 1.07);
        }
      }
    }
  }

  @Test
  void productsOfSixLayersAreThoseOfTheLiterature() throws IOException {
    ModelShape shape = inputs().model("minilm");
    assertThat(shape.productsOfToken()).isEqualTo(5 * 22 * 384.0 * 384);
    assertThat(shape.productsOfPair()).isEqualTo(5 * 3 * 384.0);
  }

  @Test
  void aWholeJobTakesWhatItTook() throws IOException {
    ScaleInputs inputs = inputs();
    LengthDistribution tweets = inputs.corpus("tweets");
    for (String precision : List.of("float32", "int8")) {
      RecordCost cost = inputs.cost(inputs.model("minilm"), precision);
      double tokens = tweets.mean(length -> length);
      assertThat(2 * tokens / tweets.mean(cost::seconds))
          .isCloseTo(
              inputs.value("job." + precision), within(0.02 * inputs.value("job." + precision)));
    }
  }

  @Test
  void lengthsAreDrawnAsMeasured() throws IOException {
    LengthDistribution tweets = inputs().corpus("tweets");
    SplittableRandom random = new SplittableRandom(1);
    double mean =
        IntStream.range(0, 20_000).mapToDouble(i -> tweets.draw(random)).average().orElseThrow();
    assertThat(mean).isCloseTo(tweets.mean(length -> length), within(0.5));
    assertThat(tweets.at(0)).isEqualTo(3);
    assertThat(tweets.at(1)).isEqualTo(96);
  }

  @Test
  void tasksFillWholeWavesOfNoMoreThanAUnit() throws IOException {
    ScaleInputs inputs = inputs();
    RecordCost cost = inputs.cost(inputs.model("minilm"), "float32");
    Workload work = Workload.cut(10_000_000, inputs.corpus("imdb"), cost, 112, 300, 100_000);
    assertThat(work.tasks() % 112).isZero();
    assertThat(work.coreSeconds() / work.tasks()).isBetween(150.0, 300.0);
    assertThat(Workload.cut(10, inputs.corpus("imdb"), cost, 112, 300, 100_000).tasks())
        .isBetween(1, 10);
  }

  @Test
  void theoryAgreesWithItsOwnMinimum() {
    double best = CheckpointInterval.young(0.1, 28_800);
    assertThat(best).isCloseTo(75.9, within(0.1));
    assertThat(CheckpointInterval.daly(0.1, 28_800)).isCloseTo(best, within(0.1));
    double least = CheckpointInterval.overhead(best, 0.1, 28_800);
    assertThat(CheckpointInterval.overhead(best * 2, 0.1, 28_800)).isGreaterThan(least);
    assertThat(CheckpointInterval.overhead(best / 2, 0.1, 28_800)).isGreaterThan(least);
  }

  @Test
  void tablesHaveARowForEachJob() throws IOException {
    ScaleOptions options =
        new ScaleOptions(List.of(1_000_000L), 8, 4, 300, 100_000, List.of(60.0, 300.0), 1, 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ScaleReport report =
        new ScaleReport(inputs(), options, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    report.jobs();
    report.units();
    assertThat(
            bytes
                .toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("| 10^6")))
        .hasSize(8);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("| 5 min |", "Young");
  }

  @Test
  void aFigureThatIsNotThereIsNamed() throws IOException {
    ScaleInputs inputs = inputs();
    assertThatThrownBy(() -> inputs.value("speed.of.light")).hasMessageContaining("speed.of.light");
    assertThatThrownBy(() -> inputs.model("elephant")).hasMessageContaining("elephant");
    assertThatThrownBy(() -> ScaleInputs.read(Path.of("nowhere.json")))
        .hasMessageContaining("nowhere.json");
    assertThatThrownBy(() -> inputs.corpus("runes")).hasMessageContaining("runes");
  }

  private static ScaleInputs inputs() throws IOException {
    return ScaleInputs.read(FIGURES);
  }
}
