package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Graph;
import io.sparklrp.oracle.SyntheticCheckpoint;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebertaV2Test {
  private static final String SELF = "deberta.encoder.layer.0.attention.self.";

  @TempDir Path directory;

  private static SyntheticCheckpoint model() {
    return SyntheticCheckpoint.of("deberta-v2-seqcls", 5)
        .set("hidden_size", "12")
        .set("pooler_hidden_size", "12")
        .set("num_attention_heads", "3");
  }

  /** A list of texts, or one text with bars; each term makes the scale smaller. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[\"p2c\", \"c2p\"]; true; true",
        "\"c2p|p2c\"; true; true",
        "\"P2C | c2p\"; true; true",
        "[\"c2p\"]; true; false",
        "\"p2c\"; false; true",
        "[]; false; false",
        "null; false; false",
        "\"\"; false; false"
      })
  void kindsOfPositionsAreRead(String kinds, boolean contentToPosition, boolean positionToContent)
      throws IOException {
    Graph graph = Forward.graph(model().set("pos_att_type", kinds), directory);
    assertThat(graph.hasValue(SELF + "content_to_position.picked")).isEqualTo(contentToPosition);
    assertThat(graph.hasValue(SELF + "position_to_content.picked")).isEqualTo(positionToContent);
    int terms = 1 + (contentToPosition ? 1 : 0) + (positionToContent ? 1 : 0);
    float scale = graph.producer(SELF + "scores").orElseThrow().decimal("alpha", 1f);
    assertThat((double) scale).isCloseTo(1 / Math.sqrt(4 * terms), within(1e-7));
  }

  @Test
  void withoutRelativeAttentionPositionsTakeNoPart() throws IOException {
    Graph graph = Forward.graph(model().set("relative_attention", "false"), directory);
    assertThat(graph.nodes()).noneMatch(node -> node.op().equals("GatherElements"));
  }

  @Test
  void positionsHaveProjectionsOfTheirOwnUnlessShared() throws IOException {
    assertThat(model().shapes(directory)).doesNotContainKey(SELF + "pos_key_proj.weight");
    assertThat(model().set("share_att_key", "false").shapes(directory))
        .containsKeys(SELF + "pos_key_proj.weight", SELF + "pos_query_proj.weight");
  }

  @Test
  void relativeEmbeddingsHaveTwiceTheSpan() throws IOException {
    String name = "deberta.encoder.rel_embeddings.weight";
    assertThat(model().set("position_buckets", "6").shapes(directory).get(name))
        .containsExactly(12, 12);
    SyntheticCheckpoint plain = model().set("position_buckets", "-1");
    assertThat(plain.shapes(directory).get(name)).containsExactly(36, 12);
    assertThat(plain.set("max_relative_positions", "7").shapes(directory).get(name))
        .containsExactly(14, 12);
  }

  @Test
  void convolutionIsRefused() {
    UserMessage.of(() -> Forward.graph(model().set("conv_kernel_size", "3"), directory))
        .contains("conv_kernel_size", "--model model.onnx");
  }

  @Test
  void oneHeadIsEnough() throws IOException {
    Graph graph = Forward.graph(model().set("num_attention_heads", "1"), directory);
    assertThat(graph.value(SELF + "merged").shape().toString()).isEqualTo("[batch, sequence, 12]");
  }
}
