package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.SyntheticCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far models with windows see: whose output a changed first token changes. */
class WindowTest {
  private static final long SEED = 99;
  private static final int LENGTH = 9;
  private static final int ALL = LENGTH;

  @TempDir Path directory;

  /** Tokens whose outputs the first token changes; they are the first ones. */
  private int reach(SyntheticCheckpoint checkpoint) throws IOException {
    Checkpoint written = checkpoint.write(directory.resolve("model"));
    DoubleTensor one = Forward.outputs(written, 3, 17, 5, 30, 8, 8, 21, 4, 6);
    DoubleTensor other = Forward.outputs(written, 9, 17, 5, 30, 8, 8, 21, 4, 6);
    int width = one.data().length / LENGTH;
    List<Integer> changed = new ArrayList<>();
    for (int i = 0; i < one.data().length; i++) {
      if (one.data()[i] != other.data()[i] && !changed.contains(i / width)) {
        changed.add(i / width);
      }
    }
    assertThat(changed)
        .containsExactlyElementsOf(IntStream.range(0, changed.size()).boxed().toList());
    return changed.size();
  }

  private static SyntheticCheckpoint model(String fixture, int layers) {
    return SyntheticCheckpoint.of(fixture, SEED)
        .without("layer_types", "max_window_layers", "sliding_window_pattern")
        .set("num_hidden_layers", Integer.toString(layers));
  }

  @ParameterizedTest
  @CsvSource({"mistral-clm", "phi3-clm"})
  void windowIsInAllLayers(String fixture) throws IOException {
    assertThat(reach(model(fixture, 1).set("sliding_window", "3"))).isEqualTo(3);
    assertThat(reach(model(fixture, 2).set("sliding_window", "3"))).isEqualTo(5);
    assertThat(reach(model(fixture, 2).set("sliding_window", "null"))).isEqualTo(ALL);
  }

  @Test
  void gemma2SlidesInEveryOtherLayerFromTheFirst() throws IOException {
    assertThat(reach(model("gemma2-clm", 1).set("sliding_window", "3"))).isEqualTo(3);
    assertThat(reach(model("gemma2-clm", 2).set("sliding_window", "3"))).isEqualTo(ALL);
  }

  @Test
  void gemma3SlidesInAllButEverySixthLayer() throws IOException {
    SyntheticCheckpoint model = model("gemma3-clm", 2).set("sliding_window", "3");
    assertThat(reach(model.without("_sliding_window_pattern"))).isEqualTo(5);
    assertThat(reach(model.set("sliding_window_pattern", "2"))).isEqualTo(ALL);
    assertThat(reach(model.set("sliding_window_pattern", "3"))).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"gemma2-clm", "gemma3-clm"})
  void typesOfLayersComeBeforeTheRule(String fixture) throws IOException {
    SyntheticCheckpoint model = model(fixture, 2).set("sliding_window", "3");
    String sliding = "\"sliding_attention\"";
    assertThat(reach(model.set("layer_types", "[" + sliding + "," + sliding + "]"))).isEqualTo(5);
    assertThat(reach(model.set("layer_types", "[" + sliding + ",\"full_attention\"]")))
        .isEqualTo(ALL);
  }

  @ParameterizedTest
  @CsvSource({"qwen2-clm", "qwen3-clm"})
  void qwenSlidesWhereItIsSwitchedOn(String fixture) throws IOException {
    SyntheticCheckpoint model = model(fixture, 2).set("sliding_window", "3");
    model.set("use_sliding_window", "false");
    assertThat(reach(model.set("max_window_layers", "0"))).as("switched off").isEqualTo(ALL);
    model.set("use_sliding_window", "true");
    assertThat(reach(model)).as("both layers").isEqualTo(5);
    assertThat(reach(model.set("max_window_layers", "1"))).as("the second").isEqualTo(ALL);
  }

  private IntFunction<Integer> qwen(String json) throws IOException {
    String typed = json.replaceFirst("\\{", "{\"model_type\":\"qwen2\",");
    Path file = Files.writeString(directory.resolve("config.json"), typed);
    ModelConfig config = ModelConfig.readIfPresent(file).orElseThrow();
    return Qwen2.window(config, 2);
  }

  @Test
  void qwensFirstLayersSeeEverything() throws IOException {
    IntFunction<Integer> window =
        qwen("{\"use_sliding_window\":true,\"sliding_window\":7,\"max_window_layers\":2}");
    assertThat(List.of(window.apply(0), window.apply(1), window.apply(2), window.apply(3)))
        .containsExactly(0, 0, 7, 7);
    assertThat(qwen("{\"use_sliding_window\":true,\"sliding_window\":7}").apply(27)).isZero();
    assertThat(qwen("{\"use_sliding_window\":true,\"sliding_window\":7}").apply(28)).isEqualTo(7);
    String types = ",\"layer_types\":[\"sliding_attention\",\"full_attention\"]}";
    IntFunction<Integer> typed = qwen("{\"use_sliding_window\":true,\"sliding_window\":7" + types);
    assertThat(List.of(typed.apply(0), typed.apply(1))).containsExactly(7, 0);
    IntFunction<Integer> off =
        qwen("{\"use_sliding_window\":true,\"sliding_window\":null,\"max_window_layers\":0}");
    assertThat(off.apply(0)).isZero();
  }

  /** Hugging Face's MistralConfig, Qwen2Config and Qwen3Config have a window of 4096. */
  @Test
  void windowThatIsLeftOutIsHuggingFaces() throws IOException {
    assertThat(qwen("{\"use_sliding_window\":true,\"max_window_layers\":0}").apply(0))
        .isEqualTo(4096);
    var graph =
        Forward.graph(model("mistral-clm", 1).without("sliding_window"), directory.resolve("m"));
    assertThat(graph.hasValue("window_mask.4096.by_head")).isTrue();
  }
}
