package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.oracle.SyntheticCheckpoint;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class T5Test {
  private static final String DENSE = "transformer.encoder.block.0.layer.1.DenseReluDense.";

  @TempDir Path directory;

  private static SyntheticCheckpoint model() {
    return SyntheticCheckpoint.of("t5-tokcls", 5).set("num_layers", "2");
  }

  /** Hugging Face's T5Config: gated-gelu stands for the approximation by tanh. */
  @ParameterizedTest
  @CsvSource({
    "relu, Relu, , false",
    "gelu, Gelu, none, false",
    "gelu_new, Gelu, tanh, false",
    "silu, com.microsoft.QuickGelu, , false",
    "gated-gelu, Gelu, tanh, true",
    "gated-gelu_new, Gelu, tanh, true",
    "gated-relu, Relu, , true",
    "gated-silu, com.microsoft.QuickGelu, , true"
  })
  void feedForwardPartIsAsTheConfigurationSays(
      String projection, String op, String approximation, boolean isGated) throws IOException {
    SyntheticCheckpoint model = model().set("feed_forward_proj", '"' + projection + '"');
    Map<String, int[]> shapes = model.shapes(directory.resolve("shapes"));
    assertThat(shapes.containsKey(DENSE + "wi.weight")).isNotEqualTo(isGated);
    assertThat(shapes.containsKey(DENSE + "wi_0.weight")).isEqualTo(isGated);
    assertThat(shapes.containsKey(DENSE + "wi_1.weight")).isEqualTo(isGated);
    Graph graph = Forward.graph(model, directory.resolve("model"));
    Node activation =
        graph.nodes().stream()
            .filter(node -> node.name().startsWith(DENSE) && node.qualifiedOp().equals(op))
            .findFirst()
            .orElseThrow();
    assertThat(activation.text("approximate", ""))
        .isEqualTo(approximation == null ? "" : approximation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gated-", "swiglu", "relu-gated", ""})
  void otherPartsAreRefused(String projection) {
    SyntheticCheckpoint model = model().set("feed_forward_proj", '"' + projection + '"');
    UserMessage.of(() -> Forward.graph(model, directory)).contains("relu", "gelu_new");
  }

  @Test
  void scoresAreNotScaled() throws IOException {
    Graph graph = Forward.graph(model(), directory);
    Node scores =
        graph.producer("transformer.encoder.block.1.layer.0.SelfAttention.scores").orElseThrow();
    assertThat(scores.decimal("alpha", 1f)).isEqualTo(1f);
  }
}
