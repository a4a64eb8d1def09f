package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.forward.block.Activation;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderConfigTest {
  @TempDir Path directory;

  private EditableCheckpoint model() throws IOException {
    return EditableCheckpoint.tiny(3, directory.resolve("model"));
  }

  private static EncoderConfig read(EditableCheckpoint model) {
    return EncoderConfig.of(model.open().config());
  }

  /** The defaults of Hugging Face's BertConfig. */
  @Test
  void whatIsLeftOutHasTheDefaultOfHuggingFace() throws IOException {
    EditableCheckpoint model = model();
    for (String key :
        List.of(
            "vocab_size",
            "hidden_size",
            "num_hidden_layers",
            "num_attention_heads",
            "intermediate_size",
            "max_position_embeddings",
            "type_vocab_size",
            "hidden_act",
            "layer_norm_eps")) {
      model.without(key);
    }
    assertThat(read(model))
        .isEqualTo(
            new EncoderConfig(30522, 512, 2, 768, 768, 3072, 12, 12, 1e-12, Activation.GELU));
  }

  @Test
  void everyKeyIsRead() throws IOException {
    EditableCheckpoint model =
        model()
            .config("vocab_size", "11")
            .config("max_position_embeddings", "12")
            .config("type_vocab_size", "13")
            .config("hidden_size", "14")
            .config("intermediate_size", "15")
            .config("num_hidden_layers", "16")
            .config("num_attention_heads", "7")
            .config("layer_norm_eps", "1e-5")
            .config("hidden_act", "\"relu\"")
            .config("position_embedding_type", "\"absolute\"");
    assertThat(read(model))
        .isEqualTo(new EncoderConfig(11, 12, 13, 14, 14, 15, 16, 7, 1e-5, Activation.RELU));
  }

  @Test
  void hiddenSizeThatHeadsDoNotDivideIsRefusedWithBothNumbers() throws IOException {
    EditableCheckpoint model =
        model().config("hidden_size", "100").config("num_attention_heads", "12");
    UserMessage.of(() -> read(model)).contains("hidden_size 100", "num_attention_heads 12");
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative_key", "relative_key_query", "rotary", ""})
  void otherPositionsAreRefused(String type) throws IOException {
    EditableCheckpoint model = model().config("position_embedding_type", '"' + type + '"');
    UserMessage.of(() -> read(model)).contains("position_embedding_type '" + type + "'");
  }

  @Test
  void unknownActivationIsRefused() throws IOException {
    EditableCheckpoint model = model().config("hidden_act", "\"mish\"");
    UserMessage.of(() -> read(model)).contains("'mish'", "gelu_new", "quick_gelu", "relu");
  }

  @ParameterizedTest
  @CsvSource({
    "vocab_size, -5",
    "hidden_size, 0",
    "hidden_size, '\"768\"'",
    "num_hidden_layers, 2.5",
    "num_hidden_layers, -1",
    "num_attention_heads, 0",
    "intermediate_size, true",
    "max_position_embeddings, -512",
    "type_vocab_size, []",
    "layer_norm_eps, '\"1e-12\"'",
    "layer_norm_eps, -1e-12",
    "layer_norm_eps, 1e39",
    "hidden_act, {}",
    "position_embedding_type, 3"
  })
  void valuesThatCannotBeAreRefusedByKey(String key, String value) throws IOException {
    EditableCheckpoint model = model().config(key, value);
    UserMessage.of(() -> read(model)).contains(key, "config.json");
  }

  /** Building that many layers, only to name all of their tensors as missing, would never end. */
  @Test
  void unlikelyNumberOfLayersIsRefused() throws IOException {
    EditableCheckpoint model = model().config("num_hidden_layers", "2147483647");
    UserMessage.of(() -> Architectures.build(model.open()))
        .contains("num_hidden_layers 2147483647", "config.json");
  }

  /** Hugging Face would mask what comes after a token; the forward pass here does not. */
  @Test
  void decodersAreRefused() throws IOException {
    EditableCheckpoint model = model().config("is_decoder", "true");
    UserMessage.of(() -> read(model)).contains("is_decoder", "config.json");
    assertThat(read(model.config("is_decoder", "false")).layers()).isPositive();
  }
}
