package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.forward.block.Activation;
import io.sparklrp.graph.Graph;
import io.sparklrp.oracle.SyntheticCheckpoint;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderConfigTest {
  @TempDir Path directory;

  private ModelConfig config(String json) throws IOException {
    return config("llama", json);
  }

  private ModelConfig config(String type, String json) throws IOException {
    String typed =
        json.replaceFirst(
            "\\{", "{\"model_type\": \"" + type + "\"" + (json.equals("{}") ? "" : ","));
    Path file = Files.writeString(directory.resolve("config.json"), typed);
    return ModelConfig.readIfPresent(file).orElseThrow();
  }

  /** The defaults of Hugging Face's LlamaConfig. */
  @Test
  void whatIsLeftOutHasTheDefaultOfHuggingFace() throws IOException {
    DecoderConfig llama = DecoderConfig.llama(config("{}"));
    assertThat(llama.vocabulary).isEqualTo(32000);
    assertThat(llama.hidden).isEqualTo(4096);
    assertThat(llama.intermediate).isEqualTo(11008);
    assertThat(llama.layers).isEqualTo(32);
    assertThat(llama.heads).isEqualTo(32);
    assertThat(llama.groups).isEqualTo(32);
    assertThat(llama.size).isEqualTo(128);
    assertThat(llama.positions).isEqualTo(2048);
    assertThat(llama.epsilon).isEqualTo(1e-6);
    assertThat(llama.activation).isEqualTo(Activation.SILU);
    assertThat(llama.attentionScale).isCloseTo(1 / Math.sqrt(128), within(1e-12));
    assertThat(llama.window.apply(3)).isZero();
  }

  @Test
  void sizeOfAHeadNeedNotBeTheHiddenOnesShare() throws IOException {
    String json = "{\"hidden_size\": 10, \"num_attention_heads\": 4%s}";
    UserMessage.of(() -> DecoderConfig.llama(config(String.format(json, ""))))
        .contains("hidden_size 10", "num_attention_heads 4");
    assertThat(DecoderConfig.llama(config(String.format(json, ", \"head_dim\": 6"))).size)
        .isEqualTo(6);
    assertThat(
            DecoderConfig.llama(
                    config("qwen3", String.format(json, ", \"num_key_value_heads\": 2")))
                .size)
        .isEqualTo(128);
  }

  @Test
  void groupsThatDoNotDivideTheHeadsAreRefusedWithBothNumbers() {
    UserMessage.of(
            () ->
                DecoderConfig.llama(
                    config("{\"num_attention_heads\": 32, \"num_key_value_heads\": 5}")))
        .contains("num_attention_heads 32", "num_key_value_heads 5");
  }

  @ParameterizedTest
  @CsvSource({
    "num_hidden_layers, 0",
    "num_hidden_layers, 5000",
    "num_attention_heads, -1",
    "num_key_value_heads, 0",
    "head_dim, 1.5",
    "vocab_size, '\"many\"'",
    "intermediate_size, 0",
    "max_position_embeddings, 0",
    "rms_norm_eps, '\"1e-6\"'",
    "hidden_act, '\"swiglu\"'",
    "rope_parameters, 3",
    "rope_scaling, '\"linear\"'"
  })
  void valuesThatCannotBeAreRefused(String key, String value) {
    String named = key.equals("hidden_act") ? "swiglu" : key;
    UserMessage.of(() -> DecoderConfig.llama(config("{\"" + key + "\": " + value + "}")))
        .contains(named, "config.json");
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void llamasBiasesAreWhereTheConfigurationSays(boolean ofAttention, boolean ofFeedForward)
      throws IOException {
    SyntheticCheckpoint model =
        SyntheticCheckpoint.of("llama31-clm", 5)
            .set("attention_bias", Boolean.toString(ofAttention))
            .set("mlp_bias", Boolean.toString(ofFeedForward));
    var shapes = model.shapes(directory);
    for (String name : new String[] {"q_proj", "k_proj", "v_proj", "o_proj"}) {
      assertThat(shapes.containsKey("model.layers.0.self_attn." + name + ".bias"))
          .isEqualTo(ofAttention);
    }
    for (String name : new String[] {"gate_proj", "up_proj", "down_proj"}) {
      assertThat(shapes.containsKey("model.layers.0.mlp." + name + ".bias"))
          .isEqualTo(ofFeedForward);
    }
  }

  /** Hugging Face's Gemma2Config caps scores at 50 and logits at 30; null switches a cap off. */
  @ParameterizedTest
  @CsvSource({"2.5, 2.5, 7.5, 7.5", "null, 0, null, 0", ", 50, , 30"})
  void gemma2sCaps(String ofScores, float scoreCap, String ofLogits, float logitCap)
      throws IOException {
    SyntheticCheckpoint model =
        SyntheticCheckpoint.of("gemma2-clm", 5)
            .without("attn_logit_softcapping", "final_logit_softcapping");
    if (ofScores != null) {
      model.set("attn_logit_softcapping", ofScores).set("final_logit_softcapping", ofLogits);
    }
    Graph graph = Forward.graph(model, directory);
    assertThat(factor(graph, "model.layers.0.self_attn.capped_scores")).isEqualTo(scoreCap);
    assertThat(factor(graph, "lm_head.capped")).isEqualTo(logitCap);
  }

  private static float factor(Graph graph, String value) {
    return graph
        .producer(value)
        .map(node -> graph.constant(node.input(1)).orElseThrow().toFloats()[0])
        .orElse(0f);
  }

  @Test
  void embeddingsOfGemmaAreScaled() throws IOException {
    SyntheticCheckpoint model = SyntheticCheckpoint.of("gemma3-clm", 5).set("hidden_size", "16");
    Graph graph = Forward.graph(model, directory);
    assertThat(factor(graph, "model.embed_tokens.scaled")).isEqualTo(4f);
  }

  /** The matrix of all words, or one of the head's own. */
  @ParameterizedTest
  @CsvSource({"llama-clm, false", "mistral-clm, false", "gemma2-clm, true", "gemma3-clm, true"})
  void headIsTiedOrNotByDefault(String fixture, boolean isTied) throws IOException {
    SyntheticCheckpoint model = SyntheticCheckpoint.of(fixture, 5).without("tie_word_embeddings");
    assertThat(model.shapes(directory).containsKey("lm_head.weight")).isNotEqualTo(isTied);
    model.set("tie_word_embeddings", Boolean.toString(!isTied));
    assertThat(model.shapes(directory).containsKey("lm_head.weight")).isEqualTo(isTied);
  }
}
