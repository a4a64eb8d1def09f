package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskTest {
  @TempDir Path directory;

  private ModelConfig config(String json) throws IOException {
    Path file = Files.writeString(directory.resolve("config.json"), json);
    return ModelConfig.readIfPresent(file).orElseThrow();
  }

  private ModelConfig named(String name) throws IOException {
    return config("{\"architectures\": [\"" + name + "\"]}");
  }

  @ParameterizedTest
  @CsvSource({
    "BertForSequenceClassification, SEQUENCE_CLASSIFICATION",
    "XLMRobertaForTokenClassification, TOKEN_CLASSIFICATION",
    "ElectraForQuestionAnswering, QUESTION_ANSWERING",
    "DebertaV2ForMaskedLM, MASKED_LANGUAGE_MODEL",
    "LlamaForCausalLM, CAUSAL_LANGUAGE_MODEL",
    "GPT2LMHeadModel, CAUSAL_LANGUAGE_MODEL",
    "ViTForImageClassification, IMAGE_CLASSIFICATION",
    "DeiTForImageClassificationWithTeacher, IMAGE_CLASSIFICATION",
    "T5EncoderModel, EMBEDDING",
    "MPNetModel, EMBEDDING"
  })
  void endOfTheClassNameSaysTheTask(String name, Task task) throws IOException {
    assertThat(Task.of(named(name))).isEqualTo(task);
  }

  @Test
  void withoutAClassItIsASequenceClassifier() throws IOException {
    assertThat(Task.of(config("{}"))).isEqualTo(Task.SEQUENCE_CLASSIFICATION);
    assertThat(Task.of(config("{\"architectures\": []}"))).isEqualTo(Task.SEQUENCE_CLASSIFICATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BertForPreTraining", "BertForMultipleChoice", "Bert", "modelless"})
  void otherHeadsAreRefusedWithTheSupportedOnesAndTheWayOut(String name) throws IOException {
    ModelConfig config = named(name);
    UserMessage.of(() -> Task.of(config))
        .contains("the head of " + name)
        .contains("ForSequenceClassification", "ForCausalLM", "ForImageClassification")
        .contains("--model model.onnx");
  }

  @Test
  void languageModelsAreThoseWithAVocabulary() {
    assertThat(Task.values())
        .filteredOn(Task::isLanguageModel)
        .containsExactly(Task.MASKED_LANGUAGE_MODEL, Task.CAUSAL_LANGUAGE_MODEL);
  }
}
