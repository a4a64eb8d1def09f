package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.graph.Tensor;
import io.sparklrp.model.Precision;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.SyntheticBert;
import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --precision}: near float32, told how near, and refused where it is not. */
@ExtendWith(LocalSpark.class)
class PrecisionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Path input;

  @BeforeEach
  void writeInput() {
    input =
        LocalSpark.write(
            directory.resolve("in"),
            "id INT, text STRING",
            LocalSpark.row(1, "the movie was bad"),
            LocalSpark.row(2, "the food was cold and the service slow"),
            LocalSpark.row(3, " "),
            LocalSpark.row(4, "good"));
  }

  private List<Row> explained(String precision, String... more) {
    Path output = directory.resolve(precision + more.length);
    String[] options = CommandRun.join(new String[] {"--precision", precision}, more);
    CommandRun.explain(input, output, options).done();
    return LocalSpark.read(output)
        .where("error is null")
        .selectExpr(
            "id",
            "prediction.index",
            "target.score",
            "transform(tokens, t -> double(t.relevance))",
            "run_id")
        .orderBy("id")
        .collectAsList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed", "int8"})
  void resultsAreNearThoseOfFloat32(String precision) {
    List<Row> full = explained("float32");
    List<Row> reduced = explained(precision);
    assertThat(reduced).hasSize(3);
    double bound = Precision.named(precision).orElseThrow().bound();
    boolean differs = false;
    for (int i = 0; i < 3; i++) {
      assertThat(reduced.get(i).getInt(1)).isEqualTo(full.get(i).getInt(1));
      double most = precision.equals("mixed") ? 1e-6 : 0.05;
      assertThat(reduced.get(i).getDouble(2)).isCloseTo(full.get(i).getDouble(2), within(most));
      List<Double> expected = full.get(i).getList(3);
      List<Double> found = reduced.get(i).getList(3);
      for (int t = 0; t < expected.size(); t++) {
        assertThat(found.get(t)).isCloseTo(expected.get(t), within(bound));
        differs |= !found.get(t).equals(expected.get(t));
      }
    }
    assertThat(differs).as("something is computed in other numbers").isTrue();
  }

  @Test
  void theRunSaysHowNearItIs() throws IOException {
    CommandRun run =
        CommandRun.explain(input, directory.resolve("out"), "--precision", "int8").done();
    assertThat(run.out())
        .contains("int8 against float32 on 3 records: same class 100.0 %, relevance r ")
        .contains("Products of whole numbers are ");
    JsonNode manifest = JSON.readTree(directory.resolve("out/_spark_lrp/manifest.json").toFile());
    assertThat(manifest.at("/parameters/precision").asText()).isEqualTo("int8");
    assertThat(manifest.at("/parameters/weight-bits").asText()).isIn("7", "8");
    assertThat(manifest.at("/notes").toString()).contains("int8 against float32");
  }

  /** What processors without VNNI are given, wherever this runs. */
  @Test
  void weightsOfSevenBitsAreComputedEverywhere() {
    LocalSpark.session().conf().set("spark.sparklrp.weightBits", "7");
    try {
      List<Row> narrow = explained("int8");
      assertThat(narrow).hasSize(3);
    } finally {
      LocalSpark.session().conf().unset("spark.sparklrp.weightBits");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--precision, int4, there is no such precision",
    "--max-deviation, -1, it is no share",
    "--max-deviation, NaN, it is no share"
  })
  void whatIsNoPrecisionIsRefused(String option, String value, String why) {
    CommandRun.explain(input, directory.resolve("out"), option, value).refused(option, why);
  }

  @Test
  void numbersOfBitsThatThereAreNotAreRefused() {
    LocalSpark.session().conf().set("spark.sparklrp.weightBits", "4");
    try {
      CommandRun.explain(input, directory.resolve("out"), "--precision", "int8")
          .refused("spark.sparklrp.weightBits=4", "8 bits, or 7");
    } finally {
      LocalSpark.session().conf().unset("spark.sparklrp.weightBits");
    }
  }

  @Test
  void aDeviationBeyondTheBoundIsRefusedBeforeTheWork() {
    Path output = directory.resolve("out");
    CommandRun.explain(input, output, "--precision", "int8", "--max-deviation", "1e-9")
        .refused("--max-deviation 1.0E-9", "relevance r", "--precision float32");
    assertThat(Files.exists(output.resolve("_SUCCESS"))).isFalse();
  }

  /** One channel of every LayerNorm is 50 times larger than the others. */
  @Test
  void aModelOfOutliersIsRefused() throws IOException {
    SyntheticBert shape = new SyntheticBert(900, 64, 40, 128, 2, 2, 3, "gelu", 0.5, 7);
    EditableCheckpoint model = EditableCheckpoint.of(shape, directory.resolve("model"));
    for (String name : model.tensors().keySet()) {
      if (name.endsWith("LayerNorm.weight")) {
        Tensor gamma = model.tensors().get(name);
        float[] elements = gamma.toFloats();
        elements[5] *= 50;
        model.tensor(name, Tensor.floats(gamma.shape(), elements));
      }
    }
    CommandRun.of(
            "explain",
            "--model",
            model.directory().toString(),
            "--input",
            input.toString(),
            "--output",
            directory.resolve("out").toString(),
            "--precision",
            "int8")
        .refused("--max-deviation");
  }
}
