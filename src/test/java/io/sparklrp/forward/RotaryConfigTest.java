package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.forward.block.RotaryEmbedding;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotaryConfigTest {
  private static final int SIZE = 64;

  /** Relative; sine and cosine are float32. */
  private static final double ROUNDING = 1e-5;

  @TempDir Path directory;

  private ModelConfig config(String json) throws IOException {
    String typed = json.equals("{}") ? "}" : "," + json.substring(1);
    Path file =
        Files.writeString(directory.resolve("config.json"), "{\"model_type\": \"llama\"" + typed);
    return ModelConfig.readIfPresent(file).orElseThrow();
  }

  private double[] frequencies(String json) throws IOException {
    return frequencies(new RotaryConfig(config(json)).embedding(2, SIZE));
  }

  /** The angles of position 1. */
  private static double[] frequencies(RotaryEmbedding rotary) {
    GraphBuilder builder = new GraphBuilder("t");
    rotary.apply(
        new Ops(builder, "t", "position"),
        builder.input("x", DataType.FLOAT32, Shape.of(1, 1, SIZE)),
        builder.input("at", DataType.INT64, Shape.of(1, 1)));
    float[] cosine = builder.constant("rotary.cosine").orElseThrow().toFloats();
    float[] sine = builder.constant("rotary.sine").orElseThrow().toFloats();
    int count = cosine.length / 2;
    return IntStream.range(0, count)
        .mapToDouble(k -> Math.atan2(sine[count + k], cosine[count + k]))
        .toArray();
  }

  private static double[] plain(double theta, int turned) {
    return IntStream.range(0, turned / 2)
        .mapToDouble(k -> 1 / Math.pow(theta, 2.0 * k / turned))
        .toArray();
  }

  private static void assertClose(double[] found, double... wanted) {
    assertThat(found).hasSameSizeAs(wanted);
    for (int k = 0; k < wanted.length; k++) {
      assertThat(found[k] / wanted[k]).as("pair %d", k).isCloseTo(1, within(ROUNDING));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"rope_scaling\": null, \"rope_parameters\": null}",
        "{\"rope_theta\": 10000.0, \"rope_scaling\": {\"rope_type\": \"default\"}}",
        "{\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 10000}}"
      })
  void withoutScalingFrequenciesArePowersOfTheta(String json) throws IOException {
    assertClose(frequencies(json), plain(10000, SIZE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rope_theta\": 500000.0}",
        "{\"rope_parameters\": {\"rope_theta\": 500000.0}}",
        "{\"rope_theta\": 77, \"rope_parameters\": {\"rope_theta\": 500000.0}}",
        "{\"rope_theta\": 500000.0, \"rope_parameters\": {\"rope_type\": \"default\"}}"
      })
  void thetaStandsInEitherLayout(String json) throws IOException {
    assertClose(frequencies(json), plain(500000, SIZE));
  }

  /** Only where the architecture turns a share of each head, as Phi-3 does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"partial_rotary_factor\": 0.25}",
        "{\"rope_parameters\": {\"partial_rotary_factor\": 0.25}}"
      })
  void aPartOfAHeadMayBeTurned(String json) throws IOException {
    assertClose(frequencies(new RotaryConfig(config(json)).ofShare(2, SIZE)), plain(10000, 16));
    assertClose(frequencies(json), plain(10000, SIZE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rope_scaling\": {\"type\": \"linear\", \"factor\": 4.0}}",
        "{\"rope_scaling\": {\"rope_type\": \"linear\", \"type\": \"yarn\", \"factor\": 4}}",
        "{\"rope_parameters\": {\"rope_type\": \"linear\", \"factor\": 4.0}}"
      })
  void linearScalingDividesAllFrequencies(String json) throws IOException {
    assertClose(frequencies(json), Arrays.stream(plain(10000, SIZE)).map(f -> f / 4).toArray());
  }

  /** Llama 3.2 1B's numbers, in Hugging Face's terms: by wavelength. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rope_theta\": 500000.0, \"rope_scaling\": {%s}}",
        "{\"rope_parameters\": {\"rope_theta\": 500000.0, %s}}"
      })
  void llama3ScalesByWavelength(String layout) throws IOException {
    String scaling =
        "\"factor\": 32.0, \"high_freq_factor\": 4.0, \"low_freq_factor\": 1.0, "
            + "\"original_max_position_embeddings\": 8192, \"rope_type\": \"llama3\"";
    double[] wanted = plain(500000, SIZE);
    int[] zones = new int[3];
    for (int k = 0; k < wanted.length; k++) {
      double wavelength = 2 * Math.PI / wanted[k];
      if (wavelength < 8192 / 4.0) {
        zones[0]++;
      } else if (wavelength > 8192 / 1.0) {
        zones[1]++;
        wanted[k] /= 32;
      } else {
        zones[2]++;
        double smooth = (8192 / wavelength - 1) / (4 - 1);
        wanted[k] = (1 - smooth) * wanted[k] / 32 + smooth * wanted[k];
      }
    }
    assertThat(zones).as("pairs of each zone").doesNotContain(0);
    assertClose(frequencies(String.format(layout, scaling)), wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "dynamic", "longrope", "su", ""})
  void otherTypesAreRefusedWithTheKnownOnes(String type) throws IOException {
    for (String layout :
        new String[] {
          "{\"rope_scaling\": {\"type\": \"%s\", \"factor\": 2.0}}",
          "{\"rope_scaling\": {\"rope_type\": \"%s\"}}",
          "{\"rope_parameters\": {\"rope_type\": \"%s\"}}"
        }) {
      UserMessage.of(() -> frequencies(String.format(layout, type)))
          .contains("rope_type '" + type + "'", "default, linear, llama3");
    }
  }

  @Test
  void tablesEndWhereExplainingWouldTakeTooMuchMemory() throws IOException {
    assertThat(RotaryConfig.positions(config("{}"))).isEqualTo(2048);
    assertThat(RotaryConfig.positions(config("{\"max_position_embeddings\": 64}"))).isEqualTo(64);
    assertThat(RotaryConfig.positions(config("{\"max_position_embeddings\": 131072}")))
        .isEqualTo(16384);
  }
}
