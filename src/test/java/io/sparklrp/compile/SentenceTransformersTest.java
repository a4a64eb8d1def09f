package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.method.Methods;
import io.sparklrp.model.Target;
import io.sparklrp.model.Task;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints as sentence-transformers publishes them. */
class SentenceTransformersTest {
  @TempDir Path parent;

  /** The configuration still names the head of the pre-training, whose tensors are not there. */
  private Path model(String mode, String... modules) throws IOException {
    Path directory =
        EditableCheckpoint.tiny(3, parent.resolve("model"))
            .config("architectures", "[\"BertForMaskedLM\"]")
            .directory();
    Files.createDirectory(directory.resolve("1_Pooling"));
    Files.writeString(
        directory.resolve("1_Pooling/config.json"), "{\"pooling_mode_" + mode + "\": true}");
    StringBuilder json =
        new StringBuilder("[{\"type\": \"sentence_transformers.models.Transformer\"}");
    for (String module : modules) {
      json.append(", {\"type\": \"sentence_transformers.models.").append(module).append("\"}");
    }
    Files.writeString(directory.resolve("modules.json"), json.append("]"));
    return directory;
  }

  @Test
  void areModelsOfVectorsWhateverTheirClassIsCalled() throws IOException {
    ModelAssembly assembly = ModelAssembly.open(model("mean_tokens", "Pooling", "Normalize"));
    assertThat(assembly.task()).isEqualTo(Task.EMBEDDING);
    Target target = assembly.target(List.of("predicted"));
    try (GraphStorage storage = new GraphStorage()) {
      assertThat(assembly.assemble(Methods.LRP, target, 16, storage).isSeeded()).isTrue();
    }
  }

  @Test
  void moduleBehindThePoolingIsRefused() throws IOException {
    ModelAssembly assembly = ModelAssembly.open(model("mean_tokens", "Pooling", "Dense"));
    try (GraphStorage storage = new GraphStorage()) {
      Target target = assembly.target(List.of("cosine"));
      UserMessage.of(() -> assembly.assemble(Methods.LRP, target, 16, storage))
          .contains("Dense", "modules.json");
    }
  }

  @Test
  void unknownPoolingIsRefused() throws IOException {
    ModelAssembly assembly = ModelAssembly.open(model("max_tokens", "Pooling"));
    try (GraphStorage storage = new GraphStorage()) {
      Target target = assembly.target(List.of("cosine"));
      UserMessage.of(() -> assembly.assemble(Methods.LRP, target, 16, storage))
          .contains("[max]", "--pooling");
    }
  }

  /** Whatever changes tokens or vectors, and is not done here, is named. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "1_Pooling/config.json | {'pooling_mode': ['cls', 'mean']} | [cls, mean]",
        "1_Pooling/config.json | {'pooling_mode': 'weightedmean'} | [weightedmean]",
        "1_Pooling/config.json | {'pooling_mode_cls_token': true, 'pooling_mode_mean_tokens': true} | [cls, mean]",
        "1_Pooling/config.json | {'pooling_mode_mean_sqrt_len_tokens': true} | [mean_sqrt_len_tokens]",
        "sentence_bert_config.json | {'processing_kwargs': {'text': {'padding': 'max_length'}}} | processing_kwargs",
        "sentence_bert_config.json | {'tokenizer_args': {'use_fast': false}} | tokenizer_args",
        "sentence_bert_config.json | {'transformer_task': 'text-generation'} | transformer_task",
        "config_sentence_transformers.json | {'prompts': {'q': 'query: '}, 'default_prompt_name': 'q'} | default_prompt_name",
        "modules.json | [{'type': 'custom_st.Transformer'}] | custom_st.Transformer",
        "modules.json | [{'type': 'sentence_transformers.models.Transformer', 'path': '0_Transformer'}] | Transformer",
        "modules.json | [{'type': 'sentence_transformers.models.Transformer'},"
            + " {'type': 'sentence_transformers.sentence_transformer.modules.word_weights.WordWeights'}] | WordWeights",
      })
  void whatIsNotDoneHereIsNamed(String file, String json, String name) throws IOException {
    Path directory = model("mean_tokens", "Pooling");
    Files.writeString(directory.resolve(file), json.replace('\'', '"'));
    ModelAssembly assembly = ModelAssembly.open(directory);
    try (GraphStorage storage = new GraphStorage()) {
      Target target = assembly.target(List.of("cosine"));
      UserMessage.of(() -> assembly.assemble(Methods.LRP, target, 16, storage)).contains(name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "modules.json | [{'type': 'sentence_transformers.models.Pooling', 'path': '../other'}] | modules.json",
        "modules.json | {} | modules.json",
        "sentence_bert_config.json | {'max_seq_length': 0} | max_seq_length",
        "sentence_bert_config.json | {'max_seq_length': 'long'} | max_seq_length",
      })
  void damagedFilesAreRefused(String file, String json, String name) throws IOException {
    Path directory = model("mean_tokens", "Pooling");
    Files.writeString(directory.resolve(file), json.replace('\'', '"'));
    UserMessage.of(() -> ModelAssembly.open(directory).lengths().maxLength(null)).contains(name);
  }
}
