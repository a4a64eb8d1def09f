package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Graph;
import io.sparklrp.oracle.SyntheticCheckpoint;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Gpt2Test {
  @TempDir Path directory;

  private static SyntheticCheckpoint model() {
    return SyntheticCheckpoint.of("gpt2-clm", 5)
        .set("n_layer", "3")
        .set("n_embd", "12")
        .set("n_head", "3");
  }

  /** Heads of four elements: 1 / sqrt(4), and by the layer's number from 1 on. */
  @ParameterizedTest
  @CsvSource({
    "true, false, 0.5, 0.5",
    "true, true, 0.5, 0.25",
    "false, true, 1, 0.5",
    ", , 0.5, 0.5"
  })
  void scoresAreScaledAsTheConfigurationSays(
      String scaled, String byLayer, float first, float second) throws IOException {
    SyntheticCheckpoint model =
        model().without("scale_attn_weights", "scale_attn_by_inverse_layer_idx");
    if (scaled != null) {
      model.set("scale_attn_weights", scaled).set("scale_attn_by_inverse_layer_idx", byLayer);
    }
    Graph graph = Forward.graph(model, directory);
    assertThat(scale(graph, 0)).isEqualTo(first);
    assertThat(scale(graph, 1)).isEqualTo(second);
  }

  private static float scale(Graph graph, int layer) {
    return graph
        .producer("transformer.h." + layer + ".attn.scores")
        .orElseThrow()
        .decimal("alpha", 1f);
  }

  @Test
  void innerSizeIsFourTimesTheHiddenOneOrAsItSays() throws IOException {
    Path one = directory.resolve("one");
    assertThat(model().shapes(one)).containsKey("transformer.h.0.mlp.c_fc.weight");
    assertThat(model().shapes(one).get("transformer.h.0.mlp.c_fc.weight")).containsExactly(12, 48);
    assertThat(model().set("n_inner", "7").shapes(one).get("transformer.h.0.mlp.c_fc.weight"))
        .containsExactly(12, 7);
  }

  @Test
  void headsThatDoNotDivideAreRefused() {
    UserMessage.of(() -> Forward.graph(model().set("n_head", "5"), directory))
        .contains("n_embd 12", "n_head 5");
  }
}
