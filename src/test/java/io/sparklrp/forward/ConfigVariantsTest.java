package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.error.UserException;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.GoldenFixture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden checkpoints whose configuration was changed, a key left out, null or something else: the
 * outputs are Hugging Face's, or the checkpoint is refused. {@code scripts/config-variants} writes
 * Hugging Face's.
 */
class ConfigVariantsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode REFERENCE = reference();

  /** Hugging Face computes the angles of rotary positions in float32. */
  private static final double ROUNDING = 3e-5;

  /** Hugging Face refuses these for reasons of its own: their meaning is clear. */
  private static final Set<String> COMPUTED_HERE =
      Set.of(
          "{\"head_dim\":null}", // what is left out means the same
          "{\"embedding_size\":null}",
          "{\"pad_token_id\":\"-\"}", // its embeddings refuse a padding token beyond the tiny
          // vocabulary
          "{\"reorder_and_upcast_attn\":true}", // not in float64
          "{\"feed_forward_proj\":\"gated-relu\",\"dense_act_fn\":null,\"is_gated_act\":null}");

  /** Keys of what is not supported, or not clear, and refused by name. */
  private static final Set<String> REFUSED_HERE =
      Set.of("use_bidirectional_attention", "rope_parameters");

  @TempDir Path directory;

  private static JsonNode reference() {
    try (InputStream stream =
        ConfigVariantsTest.class.getResourceAsStream("/config/variants.json")) {
      return JSON.readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<JsonNode> variants() {
    return StreamSupport.stream(REFERENCE.path("variants").spliterator(), false);
  }

  static Stream<String> fixtures() {
    Set<String> names = new LinkedHashSet<>();
    variants().forEach(variant -> names.add(variant.path("fixture").asText()));
    return names.stream();
  }

  private static long[] ids() {
    return StreamSupport.stream(REFERENCE.path("ids").spliterator(), false)
        .mapToLong(JsonNode::asLong)
        .toArray();
  }

  private Checkpoint changed(GoldenFixture golden, JsonNode change) throws IOException {
    ObjectNode config =
        (ObjectNode) JSON.readTree(golden.directory().resolve("config.json").toFile());
    change
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().asText().equals("-")) {
                config.remove(entry.getKey());
              } else {
                config.set(entry.getKey(), entry.getValue());
              }
            });
    Files.writeString(directory.resolve("config.json"), JSON.writeValueAsString(config));
    return Checkpoint.open(directory);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void outputsAreHuggingFacesOrRefused(String fixture) throws IOException {
    GoldenFixture golden = GoldenFixture.of(fixture);
    for (String file : new String[] {"model.safetensors", "tokenizer.json"}) {
      if (Files.exists(golden.directory().resolve(file))) {
        Files.copy(golden.directory().resolve(file), directory.resolve(file));
      }
    }
    List<String> wrong = new ArrayList<>();
    for (JsonNode variant :
        variants().filter(v -> v.path("fixture").asText().equals(fixture)).toList()) {
      String found = compare(golden, variant);
      if (!found.isEmpty()) {
        wrong.add(variant + ": " + found);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** What is wrong; empty where nothing is. */
  private String compare(GoldenFixture golden, JsonNode variant) throws IOException {
    double[] row;
    try {
      row = lastRow(changed(golden, variant.path("change")));
    } catch (UserException e) {
      boolean isMeant =
          !variant.has("logits") || REFUSED_HERE.stream().anyMatch(e.getMessage()::contains);
      return isMeant ? "" : "refused: " + e.getMessage();
    }
    if (!variant.has("logits")) {
      boolean isMeant = COMPUTED_HERE.contains(variant.path("change").toString());
      return isMeant ? "" : "not refused";
    }
    double worst = 0;
    for (int i = 0; i < variant.path("logits").size(); i++) {
      double wanted = variant.path("logits").get(i).asDouble();
      worst = Math.max(worst, Math.abs(row[i] - wanted) / Math.max(1, Math.abs(wanted)));
    }
    return worst < ROUNDING ? "" : "off by " + worst;
  }

  private static double[] lastRow(Checkpoint checkpoint) {
    DoubleTensor outputs =
        checkpoint.tokenizer().isPresent()
            ? Forward.outputs(checkpoint, ids())
            : Forward.ofWaves(checkpoint);
    int width = outputs.shape()[outputs.shape().length - 1];
    double[] row = new double[width];
    System.arraycopy(outputs.data(), outputs.data().length - width, row, 0, width);
    return row;
  }
}
